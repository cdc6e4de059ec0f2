using AutoMapper;
using Voice.Domain.Recordings;

namespace Voice.Application.Recordings;

/// <summary>The status of a recording, with its members in the documented order.</summary>
/// <param name="RecordingId">The unique recording identifier.</param>
/// <param name="Status">recording, processing, completed or failed.</param>
/// <param name="Duration">Length in whole seconds; null until known.</param>
/// <param name="RecordingUrl">Where the audio can be fetched; null unless completed.</param>
/// <param name="CreatedAt">When the conference was created.</param>
/// <param name="ProcessedAt">When the recording became completed; null in every other status.</param>
/// <param name="Failure">Why no recording will come; present only when failed.</param>
public sealed record RecordingStatusBody(
    string RecordingId, [property: OneOf(typeof(RecordingStatus))] string Status, int? Duration, string? RecordingUrl,
    DateTimeOffset CreatedAt, DateTimeOffset? ProcessedAt, FailureBody? Failure);

/// <summary>Why no recording will come.</summary>
/// <param name="Code">A code for programs, such as no_answer.</param>
/// <param name="Message">What happened and what to do next, for people.</param>
public sealed record FailureBody([property: OneOf(typeof(FailureCode))] string Code, string Message);

internal sealed class RecordingStatusProfile : Profile
{
    public RecordingStatusProfile() => CreateMap<RecordingView, RecordingStatusBody>()
        .ForCtorParam(nameof(RecordingStatusBody.Status), map => map.MapFrom(view => view.Outcome.Status.Name()))
        .ForCtorParam(nameof(RecordingStatusBody.Duration), map => map.MapFrom(view => view.Outcome.ShownSeconds))
        .ForCtorParam(nameof(RecordingStatusBody.RecordingUrl), map => map.MapFrom(view => view.Outcome.ShownUrl))
        .ForCtorParam(nameof(RecordingStatusBody.ProcessedAt), map => map.MapFrom(view => view.Outcome.CompletedAt))
        .ForCtorParam(nameof(RecordingStatusBody.Failure), map => map.MapFrom(view => Describe(view.Outcome.ShownFailure)));

    private static FailureBody? Describe(FailureCode? failure) => failure is { } code ? new(code.Name(), code.Sentence()) : null;
}
