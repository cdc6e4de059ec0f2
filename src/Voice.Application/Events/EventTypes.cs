using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.Application.Events;

/// <summary>The sorts of event that others are told of, as the API spells them.</summary>
public static class EventTypes
{
    /// <summary>Nothing happened: somebody wants to see whether an endpoint answers.</summary>
    public const string Test = "endpoint.test";

    /// <summary>All that happen.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<RecordingStatus>().Select(Of).OfType<string>(), .. Enum.GetValues<AgreementStatus>().Select(Of),
    ];

    /// <summary>What can be asked for: each, and each family.</summary>
    public static IReadOnlyList<string> Filters { get; } = [.. All.Select(FamilyOf).Distinct(), .. All];

    /// <summary>What is told when a recording has come to that status; null: nothing.</summary>
    public static string? Of(RecordingStatus status) => status switch
    {
        RecordingStatus.Recording => null,
        RecordingStatus.Processing or RecordingStatus.Completed or RecordingStatus.Failed => $"recording.{status.Name()}",
    };

    /// <summary>What is told when a contract has come to that status.</summary>
    public static string Of(AgreementStatus status) => status switch
    {
        AgreementStatus.Pending => "contract.created",
        AgreementStatus.Confirmed or AgreementStatus.Rejected or AgreementStatus.Expired => $"contract.{status.Name()}",
    };

    /// <summary>What all events of its sort are asked for by, such as <c>recording.*</c>.</summary>
    public static string FamilyOf(string type) => type[..type.IndexOf('.')] + ".*";
}
