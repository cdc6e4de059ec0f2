using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>What a contract needs beside the audio.</summary>
public record ContractDetails
{
    /// <summary>At least two parties with different phones.</summary>
    public IReadOnlyList<PartyBody?>? Parties { get; init; }

    /// <summary>What the parties agreed on; the default when null.</summary>
    public string? ContractType { get; init; }
}

/// <summary>Turn a recording into a contract.</summary>
public sealed record ProcessRecording : ContractDetails, IRequest<ContractBody>
{
    /// <summary>Where the audio is.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>A completed recording, in place of the address.</summary>
    public string? RecordingId { get; init; }
}

/// <summary>Turn audio that was uploaded into a contract.</summary>
/// <param name="Path">The file that was kept.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Details">The parties and the kind of contract.</param>
public sealed record ProcessUpload(string Path, string Sha256, ContractDetails Details) : IRequest<ContractBody>;

internal sealed class ProcessRecordingValidator : AbstractValidator<ProcessRecording>
{
    public ProcessRecordingValidator(INumberingPlan numberingPlan)
    {
        RuleFor(request => request.AudioUrl)
            .Must((request, url) => url is null != request.RecordingId is null).WithMessage("Name the audio by audio_url or by recording_id, one of them.")
            .Must(url => url is null || Uri.TryCreate(url, UriKind.Absolute, out _)).WithMessage("Give an absolute address.");
        Include(new ContractDetailsValidator(numberingPlan));
    }
}

internal sealed class ContractDetailsValidator : AbstractValidator<ContractDetails>
{
    public ContractDetailsValidator(INumberingPlan numberingPlan)
    {
        RuleFor(request => request.Parties).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("Name the parties: a list of at least two.")
            .Must(parties => parties!.Count is >= 2 and <= 20).WithMessage("A contract needs at least two parties, and takes at most twenty.")
            .DependentRules(() =>
            {
                RuleForEach(request => request.Parties).NotNull().WithMessage("Name the party: phone, role and, if you like, name.").ChildRules(party =>
                {
                    party.RuleFor(named => named!.Phone).Cascade(CascadeMode.Stop)
                        .Must(phone => PhoneNumber.TryParse(phone, out _)).WithMessage("Give the phone number in E.164 form, such as +254712345678.")
                        .Must(phone => numberingPlan.IsPossible(PhoneNumber.Parse(phone!))).WithMessage("No phone number of this length exists in that country.");
                    party.RuleFor(named => named!.Role).Must(role => role is not null && ContractParty.Roles.Contains(role))
                        .WithMessage($"The role must be one of: {string.Join(", ", ContractParty.Roles)}.");
                    party.RuleFor(named => named!.Name).MaximumLength(100).WithMessage("A name is at most 100 characters.");
                });
                RuleFor(request => request.Parties)
                    .Must(parties => parties!.Select(party => party?.Phone).Distinct().Count() == parties!.Count).WithMessage("The parties must have different phones.")
                    .When(request => request.Parties!.All(party => party is not null));
            });
        RuleFor(request => request.ContractType)
            .Must(type => type is null || ContractType.All.Contains(type)).WithMessage($"The contract type must be one of: {string.Join(", ", ContractType.All)}.");
    }
}

internal sealed class ProcessRecordingHandler(
    IRecordingRepository recordings, IAudioSource source, ContractMaker maker, TimeProvider clock) : IRequestHandler<ProcessRecording, ContractBody>
{
    public async Task<ContractBody> Handle(ProcessRecording request, CancellationToken cancellationToken)
    {
        var recording = request.RecordingId is { } id ? await Lookup.GetRecordingAsync(recordings.FindAsync, id, cancellationToken) : null;
        if (recording is { RecordingUrl: null })
            throw new ConflictException($"This recording is {recording.Status.Name()}: only a completed one can be processed.");
        try
        {
            using var audio = await source.FetchAsync(new Uri(recording?.RecordingUrl ?? request.AudioUrl!), cancellationToken);
            return await maker.MakeAsync(audio, request, recording?.RecordingId, recording?.CreatedAt ?? clock.GetUtcNow(), cancellationToken);
        }
        catch (AudioException exception)
        {
            throw new ValidationException([new(recording is null ? "audio_url" : "recording_id", exception.Message)]);
        }
    }
}

internal sealed class ProcessUploadHandler(IAudioSource source, ContractMaker maker, TimeProvider clock) : IRequestHandler<ProcessUpload, ContractBody>
{
    public async Task<ContractBody> Handle(ProcessUpload request, CancellationToken cancellationToken)
    {
        try
        {
            var audio = source.Open(request.Path, request.Sha256); // Whoever kept it throws it away: a job may need it again.
            return await maker.MakeAsync(audio, request.Details, recordingId: null, clock.GetUtcNow(), cancellationToken);
        }
        catch (AudioException exception)
        {
            throw new ValidationException([new("file", exception.Message)]);
        }
    }
}

/// <summary>The steps from audio to contract.</summary>
public sealed class ContractMaker(IAudioDecoder decoder, ITranscriber transcriber, IContractRepository contracts, TimeProvider clock)
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromHours(24);

    internal async Task<ContractBody> MakeAsync(
        AudioFile audio, ContractDetails details, string? recordingId, DateTimeOffset calledAt, CancellationToken cancellationToken)
    {
        var parties = details.Parties!.Select(party => new ContractParty(PhoneNumber.Parse(party!.Phone!), party.Role!, party.Name)).ToList();
        var type = details.ContractType ?? ContractType.Default;
        var fingerprint = Contract.Fingerprint(audio.Sha256, parties, type);
        if (await contracts.FindByFingerprintAsync(fingerprint, cancellationToken) is { } earlier) return earlier;

        var transcript = await transcriber.TranscribeAsync(await decoder.DecodeAsync(audio, cancellationToken), cancellationToken);
        var now = clock.GetUtcMilliseconds();
        var contract = new Contract
        {
            ContractId = $"ctr_{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 12)}", // No letter that could be a digit.
            RecordingId = recordingId,
            AudioSha256 = audio.Sha256,
            ContractType = type,
            Parties = parties,
            Transcript = transcript.Text,
            Reading = TermsReader.Read(transcript, type, Region.Day(parties[0].Phone.Value, calledAt), parties[0].Phone.Value),
            CreatedAt = now,
        };
        return await contracts.AddAsync(contract, fingerprint, now + ConfirmWithin, cancellationToken);
    }
}
