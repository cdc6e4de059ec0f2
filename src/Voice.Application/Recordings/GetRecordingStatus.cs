using System.Text.Json.Serialization;
using AutoMapper;
using MediatR;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>What has become of a recording?</summary>
/// <param name="RecordingId">The identifier from conference creation; any text, an impossible one is simply not found.</param>
public sealed record GetRecordingStatus(string RecordingId) : IRequest<RecordingStatusBody>;

/// <summary>The status of a recording, with its members in the documented order.</summary>
public sealed class RecordingStatusBody
{
    /// <summary>The unique recording identifier.</summary>
    public required string RecordingId { get; init; }

    /// <summary>recording, processing, completed or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Length in whole seconds; null until known.</summary>
    public int? Duration { get; init; }

    /// <summary>Where the audio can be fetched; null unless completed.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>When the conference was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the recording became completed; null in every other status.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>Why no recording will come; present only when failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FailureBody? Failure { get; init; }
}

/// <summary>Why no recording will come.</summary>
public sealed class FailureBody
{
    /// <summary>A code for programs, such as no_answer.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do next, for people.</summary>
    public required string Message { get; init; }
}

internal sealed class RecordingStatusProfile : Profile
{
    public RecordingStatusProfile() => CreateMap<Recording, RecordingStatusBody>()
        .ForMember(body => body.Status, map => map.MapFrom(recording => recording.Status.Name()))
        .ForMember(body => body.Failure, map => map.MapFrom(recording => Describe(recording.Failure)));

    private static FailureBody? Describe(FailureCode? failure) =>
        failure is { } code ? new FailureBody { Code = code.Name(), Message = code.Sentence() } : null;
}

internal sealed class GetRecordingStatusHandler(IRecordingRepository recordings, IMapper mapper)
    : IRequestHandler<GetRecordingStatus, RecordingStatusBody>
{
    public async Task<RecordingStatusBody> Handle(GetRecordingStatus request, CancellationToken cancellationToken)
    {
        var recording = RecordingIds.IsPossible(request.RecordingId)
            ? await recordings.FindAsync(request.RecordingId, cancellationToken)
            : null;
        return recording is null
            ? throw new NotFoundException("Recording not found")
            : mapper.Map<RecordingStatusBody>(recording);
    }
}
