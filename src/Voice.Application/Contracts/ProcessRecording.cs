using AutoMapper;
using FluentValidation;
using MediatR;
using Voice.Application.Conferences;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Domain.Recordings;

namespace Voice.Application.Contracts;

/// <summary>
/// Turn a recording into a contract. Answered with the job that does it; the same request again finds the same job while it lasts.
/// </summary>
public sealed record ProcessRecording : ContractDetails, IRequest<JobBody>
{
    /// <summary>Where the audio is.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>A completed recording, in place of the address.</summary>
    public string? RecordingId { get; init; }

    /// <summary>The same for that caller, whose jobs take turns with those of others.</summary>
    public ProcessRecording By(string caller) => this with { Caller = caller };
}

internal sealed class ProcessRecordingValidator : AbstractValidator<ProcessRecording>
{
    public ProcessRecordingValidator(INumberingPlan numberingPlan)
    {
        RuleFor(request => request.AudioUrl)
            .Must((request, url) => url is null != request.RecordingId is null)
            .WithMessage("Name the audio by audio_url or by recording_id, one of them.")
            .Must(url => url is null || Uri.TryCreate(url, UriKind.Absolute, out _)).WithMessage("Give an absolute address.");
        Include(new ContractDetailsValidator(numberingPlan));
    }
}

internal sealed class ProcessRecordingHandler(
    IRecordingRepository recordings, IJobRepository jobs, IMapper mapper, Limits limits, TimeProvider clock)
    : IRequestHandler<ProcessRecording, JobBody>
{
    public async Task<JobBody> Handle(ProcessRecording request, CancellationToken cancellationToken)
    {
        if (request.RecordingId is { } id)
        {
            var recording = await Lookup.GetRecordingAsync(recordings.FindAsync, id, cancellationToken);
            recording.MustBeCompleted();
            if (!recording.Facts.Parties.Select(party => party.Phone.Value).ToHashSet()
                .SetEquals(request.Parties!.Select(party => party!.Phone!)))
                throw new ValidationException([new("parties", Processable.OtherPhones)]);
        }
        var order = request.ToOrder() with { RecordingId = request.RecordingId, AudioUrl = request.AudioUrl };
        return mapper.Map<JobBody>(
            await jobs.AddAsync(Job.New(order, request.Caller, clock.GetUtcMilliseconds()), limits, cancellationToken));
    }
}

internal static class Processable
{
    public const string OtherPhones = "The parties of a recording are the phones of its call.";

    /// <exception cref="ConflictException">There is no audio of it (yet).</exception>
    public static void MustBeCompleted(this Recording recording)
    {
        if (recording.RecordingUrl is null)
            throw new ConflictException($"This recording is {recording.Status.Name()}: only a completed one can be processed.");
    }
}
