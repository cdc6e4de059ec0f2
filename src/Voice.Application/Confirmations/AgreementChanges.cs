using Voice.Domain.Contracts;

namespace Voice.Application.Confirmations;

/// <summary>The one way to change an agreement that others may be changing too.</summary>
internal static class AgreementChanges
{
    /// <summary>Loads, changes and saves; when somebody else saved in between, does it again on what they left.</summary>
    /// <returns>The agreement as it stands; null when there is none with that id.</returns>
    public static async Task<Agreement?> ChangeAsync(
        this IAgreementRepository agreements, string contractId, DateTimeOffset now, Action<Agreement> change,
            CancellationToken cancellationToken)
    {
        while (await agreements.FindAsync(contractId, cancellationToken) is { } agreement)
        {
            change(agreement);
            agreement.PassDeadline(now);
            if (agreement.IsStoredAt(now) || await agreements.SaveAsync(agreement, now, cancellationToken)) return agreement;
        }
        return null;
    }
}
