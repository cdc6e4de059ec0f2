using System.Globalization;

namespace Voice.Domain.Recordings;

/// <summary>What of a recording is not as today's rules would have it.</summary>
/// <param name="Member">The member of what a caller sees, or a party by its masked number.</param>
/// <param name="Then">What it is; null: nothing.</param>
/// <param name="Now">What it would be; null: nothing.</param>
public sealed record Difference(string Member, string? Then, string? Now)
{
    /// <summary>The difference in a few words.</summary>
    public override string ToString() => $"{Member}: {Then ?? "nothing"} → {Now ?? "nothing"}";
}

/// <summary>Folds the reports of a recording anew, so that a program that reads better repairs the past.</summary>
public static class Replay
{
    /// <summary>What today's rules make of a recording.</summary>
    /// <param name="recording">The recording. What no report says is kept of it: what asking the provider came to, and silence.</param>
    /// <param name="reports">All its reports, as they are read today, in the order in which they came.</param>
    /// <param name="deadlines">How long a status may last.</param>
    /// <param name="now">The time, UTC, whole milliseconds.</param>
    public static RecordingFacts Fold(Recording recording, IEnumerable<CallEvent> reports, Deadlines deadlines, DateTimeOffset now)
    {
        var known = recording.Facts;
        var folded = recording.Anew(new RecordingFacts
        {
            Placement = known.Placement,
            RefusalReason = known.RefusalReason,
            SessionId = known.SessionId,
            BridgedBy = known.BridgedBy,
            Parties = [.. known.Parties.Select((party, index) =>
                new Party(party.Phone, index == 0 && known.Placement is Placement.Placed ? PartyState.Dialled : PartyState.Waiting))],
        });
        foreach (var report in reports) folded.Apply(report);
        if (FoundByUs(known) is { } failure) folded = folded.Anew(folded.Facts.Join(failure, known.OverAt ?? recording.CreatedAt));
        folded.PassDeadline(deadlines, now);
        return folded.Facts with
        {
            // When it became completed is a fact of its own, whichever report did it.
            CompletedAt = folded.Facts.CompletedAt is null ? null : known.CompletedAt ?? folded.Facts.CompletedAt,
        };
    }

    /// <summary>Where two foldings of a recording differ in what a caller sees.</summary>
    public static IReadOnlyList<Difference> Between(RecordingFacts then, RecordingFacts now)
    {
        Difference[] all =
        [
            new("status", then.Status.Name(), now.Status.Name()),
            new("duration", Text(then.Outcome.ShownSeconds), Text(now.Outcome.ShownSeconds)),
            new("recording_url", then.Outcome.ShownUrl, now.Outcome.ShownUrl),
            new("processed_at", Text(then.CompletedAt), Text(now.CompletedAt)),
            new("failure", then.Outcome.ShownFailure?.Name(), now.Outcome.ShownFailure?.Name()),
            .. then.Parties.Zip(now.Parties, (before, after) =>
                new Difference(before.Phone.Masked, before.State.Name(), after.State.Name())),
        ];
        return [.. all.Where(difference => difference.Then != difference.Now)];
    }

    // What stands in no report: the provider's answer to our request, and what silence made us assume.
    private static FailureCode? FoundByUs(RecordingFacts known) => known.Placement switch
    {
        Placement.Refused => known.Failure,
        Placement.Unreachable => FailureCode.ProviderUnreachable,
        Placement.TimedOut or Placement.Garbled => FailureCode.OutcomeUnknown,
        Placement.Placed or null => known.Failure > FailureCode.Failed ? known.Failure : null,
    };

    private static string? Text(int? seconds) => seconds?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
