using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Application.Webhooks;
using Voice.Domain.Recordings;

namespace Voice.Application.Conferences;

/// <summary>Start a recorded conference: the first party is called, the other is bridged to it once it answers.</summary>
public sealed record CreateConference : IRequest<CreatedConference>
{
    /// <summary>At least two different E.164 numbers, in dialling order.</summary>
    public IReadOnlyList<string?>? Parties { get; init; }

    /// <summary>What the parties want to agree on; the default when null.</summary>
    public string? ContractType { get; init; }

    /// <summary>Expected length in whole seconds, 1 to 14400; 600 when null.</summary>
    public int? ExpectedDuration { get; init; }

    /// <summary>
    /// The contract to make when the recording completes, without another call: the parties of the call, each with its role. Its type is
    /// that of the conference when null.
    /// </summary>
    public ContractDetails? Process { get; init; }

    internal string? Key { get; init; }

    /// <summary>The same for that caller, whose jobs take turns with those of others.</summary>
    public CreateConference By(string caller) => Process is null ? this : this with { Process = Process with { Caller = caller } };

    /// <summary>The same under a key of the caller's: however often it is sent with that, one conference is created.</summary>
    /// <param name="key">The key; null: none.</param>
    /// <param name="caller">Whose it is: two callers with the same key do not know of each other. Empty where nobody has a name.</param>
    public CreateConference Under(string? key, string caller) =>
        this with { Key = key is null || caller.Length == 0 ? key : $"{caller}\n{key}" }; // A key is one line.
}

/// <summary>The conference that was created, now or by an earlier request with the same key.</summary>
/// <param name="ConferenceId">The recording to poll.</param>
/// <param name="Parties">The parties in dialling order.</param>
/// <param name="Replayed">An earlier request with the same key created it; nobody was called again.</param>
public sealed record CreatedConference(string ConferenceId, IReadOnlyList<string> Parties, bool Replayed);

internal sealed class CreateConferenceValidator : AbstractValidator<CreateConference>
{
    public CreateConferenceValidator(INumberingPlan numberingPlan, IVoiceProvider provider)
    {
        RuleFor(request => request.Parties).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("Name the parties: a list of at least two phone numbers.")
            .HasCount(2).WithMessage("A conference needs at least two parties.")
            .Must(parties => parties!.Count <= provider.MaxParties).WithMessage(request =>
                $"{provider.Name} records a call between at most {provider.MaxParties} parties, but {request.Parties!.Count} were named.")
            .DependentRules(() =>
            {
                RuleForEach(request => request.Parties).MustBePossiblePhone(numberingPlan);
                RuleFor(request => request.Parties)
                    .Must(parties => parties!.Distinct().Count() == parties!.Count).WithMessage("The parties must be different numbers.")
                    .When(request => request.Parties!.All(party => party is not null));
            });
        RuleFor(request => request.ContractType).MustBeOneOf("contract type", ContractType.All);
        RuleFor(request => request.ExpectedDuration)
            .InclusiveBetween(1, 14400).WithMessage("The expected duration must be 1 to 14400 seconds.");
        RuleFor(request => request.Process!).SetValidator(new ContractDetailsValidator(numberingPlan))
            .DependentRules(() => RuleFor(request => request).Custom(MustBeOfTheCall).When(request => request.Process is not null))
            .When(request => request.Process is not null);
    }

    private static void MustBeOfTheCall(CreateConference request, ValidationContext<CreateConference> context)
    {
        var named = request.Process!.Parties!.Select(party => party!.Phone).ToList();
        foreach (var (place, phone) in named.Index().Where(party => request.Parties?.Contains(party.Item) == false))
            context.AddFailure($"process.parties[{place}].phone", "This phone is not called: it is no party of the conference.");
        if (request.Parties?.Except(named).Any() == true) context.AddFailure("process.parties", Processable.OtherPhones);
    }
}

internal sealed class CreateConferenceHandler(
    IRecordingRepository recordings, IVoiceProvider provider, IMediator mediator, Retention retention, TimeProvider clock)
    : IRequestHandler<CreateConference, CreatedConference>
{
    public async Task<CreatedConference> Handle(CreateConference request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        var recording = Recording.Start(
            RecordingIds.New(),
            request.Parties!.Select(party => PhoneNumber.Parse(party!)),
            request.ContractType ?? ContractType.Default,
            request.ExpectedDuration ?? 600,
            now);
        var order = request.Process is { } process
            ? (process with { ContractType = process.ContractType ?? recording.ContractType }).ToOrder()
            : null;
        var job = order is null
            ? null
            : Job.OnceRecorded(order with { RecordingId = recording.RecordingId }, request.Process!.Caller, now);
        var key = request.Key is { } text ? new IdempotencyKey(text, Digest(recording, order), now - retention.IdempotencyKeys) : null;
        if (await recordings.AddAsync(recording, key, job, cancellationToken) is { } earlier)
            return await ReplayAsync(recording, earlier, key!, cancellationToken);

        RecordingTrace.Note(recording.RecordingId, "created");
        var start = clock.GetTimestamp();
        var answer = await provider.PlaceCallAsync(recording.Facts.Parties[0].Phone, recording.RecordingId);
        Telemetry.ProviderCalls.Record(clock.GetElapsedTime(start).TotalSeconds,
            Telemetry.Label("operation", "call"),
            Telemetry.Label("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Placement.ToString())));

        // From here on a caller that hangs up must not stop us: the phone may be ringing.
        await recordings.ChangeAsync(recording.RecordingId, changed => Note(answer, changed), CancellationToken.None);
        if (answer.SessionId is { } session)
            await mediator.Send(new ApplyKeptEvents(session), CancellationToken.None);
        if (key is not null) await recordings.KeepAnswerAsync(key, answer.Placement, answer.Reason, CancellationToken.None);
        return Outcome(recording, recording.RecordingId, answer.Placement, answer.Reason, replayed: false);
    }

    private void Note(PlacementAnswer answer, Recording recording)
    {
        var now = clock.GetUtcMilliseconds();
        if (answer.Placement == Placement.Placed) recording.Placed(answer.SessionId!, now);
        else recording.NotPlaced(answer.Placement, answer.Failure!.Value, answer.Reason!, now);
    }

    private async Task<CreatedConference> ReplayAsync(
        Recording asked, UsedKey earlier, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (earlier.RequestDigest != key.RequestDigest) throw new KeyUsedException();
        if (earlier.Placement is { } placement)
            return Outcome(asked, earlier.RecordingId, placement, earlier.RefusalReason, replayed: true);
        // Who died before the answer was kept is answered for from what the recording knows.
        var first = await recordings.FindAsync(earlier.RecordingId, cancellationToken);
        return first is null or { Facts.Placement: null, Status: RecordingStatus.Recording }
            ? throw new ConflictException("The first request with this key is still running. Ask again in a few seconds.")
            : Outcome(first, first.RecordingId, first.Facts.Placement ?? Placement.TimedOut,
                first.Facts.RefusalReason ?? first.Failure?.Sentence(), replayed: true);
    }

    private static CreatedConference Outcome(Recording asked, string recordingId, Placement placement, string? reason, bool replayed) =>
        placement == Placement.Placed
            ? new(recordingId, [.. asked.Facts.Parties.Select(party => party.Phone.Value)], replayed)
            : throw new CallNotPlacedException(recordingId, placement, reason, replayed);

    private static string Digest(Recording recording, ContractOrder? order)
    {
        string[] asked =
        [
            .. recording.Facts.Parties.Select(party => party.Phone.Value),
            recording.ContractType,
            recording.ExpectedSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. order is null ? (string[])[] : [order.ToDigest()],
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', asked))));
    }
}
