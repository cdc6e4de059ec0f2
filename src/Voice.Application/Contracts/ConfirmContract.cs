using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>A party says yes or no to a contract.</summary>
public sealed record ConfirmContract : IRequest<StoredContract>
{
    /// <summary>The contract, from the address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string ContractId { get; init; } = "";

    /// <summary>The party's number.</summary>
    public string? Phone { get; init; }

    /// <summary>The code that was sent to that number.</summary>
    public string? Code { get; init; }

    /// <summary>confirm (default) or reject.</summary>
    public string? Decision { get; init; }
}

/// <summary>A text message came from somebody.</summary>
/// <param name="From">The sender's number.</param>
/// <param name="Text">What it says: <c>YES-&lt;contract id&gt; &lt;code&gt;</c> or <c>NO-…</c>.</param>
public sealed record ReceiveSms(string From, string Text) : IRequest<string>;

/// <summary>What parties say to contracts, stored. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface IConfirmations
{
    /// <summary>Counts an attempt.</summary>
    /// <returns>What the attempt is up against; null when that phone is no party of that contract.</returns>
    Task<Attempt?> CountAttemptAsync(string contractId, string phone, int most, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes what a party decided, unless it has decided before or the contract is no longer pending, and what the contract comes to by it.</summary>
    /// <returns>Whether it was noted.</returns>
    Task<bool> DecideAsync(string contractId, string phone, string decision, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends contracts that nobody confirmed in time.</summary>
    Task ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>An attempt to confirm.</summary>
/// <param name="Counted">It may be tried; false: there were too many, or there is nothing to decide any more.</param>
/// <param name="Number">How many attempts there were, this one included.</param>
/// <param name="CodeHash">What is kept of the code; null until one was sent.</param>
/// <param name="Decision">What the party decided before.</param>
/// <param name="ContractStatus">What has become of the contract.</param>
public sealed record Attempt(bool Counted, int Number, string? CodeHash, string? Decision, string ContractStatus);

internal sealed class ConfirmContractValidator : AbstractValidator<ConfirmContract>
{
    public ConfirmContractValidator()
    {
        RuleFor(request => request.Phone).Must(phone => PhoneNumber.TryParse(phone, out _)).WithMessage("Give the phone number in E.164 form, such as +254712345678.");
        RuleFor(request => request.Code).Must(code => code is { Length: 6 } && code.All(char.IsAsciiDigit)).WithMessage("The code has six digits.");
        RuleFor(request => request.Decision).Must(decision => decision is null or "confirm" or "reject").WithMessage("The decision must be confirm or reject.");
    }
}

internal sealed class ConfirmContractHandler(IConfirmations confirmations, IMediator mediator, TimeProvider clock) : IRequestHandler<ConfirmContract, StoredContract>
{
    public async Task<StoredContract> Handle(ConfirmContract request, CancellationToken cancellationToken)
    {
        var stored = await mediator.Send(new GetContract(request.ContractId), cancellationToken);
        var now = clock.GetUtcMilliseconds();
        var attempt = await confirmations.CountAttemptAsync(request.ContractId, request.Phone!, ConfirmationCode.MostAttempts, now, cancellationToken)
            ?? throw Invalid("phone", "This number is no party of the contract.");
        if (attempt.Decision is not null) throw new ConflictException($"This party has {attempt.Decision} the contract already.");
        if (attempt.ContractStatus != "pending") throw new ConflictException($"This contract is {attempt.ContractStatus}: there is nothing to decide any more.");
        if (!attempt.Counted) throw new ConflictException("There were too many wrong codes for this party.");
        if (attempt.CodeHash is null || !ConfirmationCode.Fits(request.Code!, attempt.CodeHash))
            throw Invalid("code", $"This is not the code that was sent to this number; {ConfirmationCode.MostAttempts - attempt.Number} attempts are left.");
        if (!await confirmations.DecideAsync(request.ContractId, request.Phone!, request.Decision == "reject" ? "rejected" : "confirmed", now, cancellationToken))
            throw new ConflictException("This was decided at the same moment by another request.");
        return await mediator.Send(new GetContract(stored.Body.ContractId), cancellationToken);
    }

    private static ValidationException Invalid(string field, string sentence) => new([new ValidationFailure(field, sentence)]);
}

internal sealed partial class ReceiveSmsHandler(IMediator mediator) : IRequestHandler<ReceiveSms, string>
{
    public async Task<string> Handle(ReceiveSms request, CancellationToken cancellationToken)
    {
        var from = request.From.Trim();
        if (!from.StartsWith('+')) from = "+" + from.TrimStart('0');
        if (Answer().Match(request.Text) is not { Success: true } answer || !PhoneNumber.TryParse(from, out _)) return "ignored";
        try
        {
            var stored = await mediator.Send(new ConfirmContract
            {
                ContractId = answer.Groups["contract"].Value.ToLowerInvariant(),
                Phone = from,
                Code = answer.Groups["code"].Value,
                Decision = answer.Groups["word"].Value.Equals("no", StringComparison.OrdinalIgnoreCase) ? "reject" : "confirm",
            }, cancellationToken);
            return stored.Confirmations[from].Decision!;
        }
        catch (Exception exception) when (exception is ValidationException or NotFoundException or ConflictException)
        {
            return "ignored"; // The provider would only send it again.
        }
    }

    [GeneratedRegex(@"^\s*(?<word>yes|no)\s*-\s*(?<contract>[a-z]+_[a-z0-9]+)\s+(?<code>\d{6})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
}
