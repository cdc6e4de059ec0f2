using System.ComponentModel.DataAnnotations;

namespace Voice.Infrastructure.Audio;

/// <summary>The settings under <c>Audio</c>.</summary>
internal sealed class AudioSettings : IValidatableObject
{
    /// <summary>Hosts that recordings are fetched from; one that starts with a dot stands for every host below it.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>How long fetching may take, waiting for audio that is not there yet included.</summary>
    [Duration]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where audio is kept while it is worked on; instances that share the work share it too.</summary>
    public string Folder { get; init; } = "data/audio";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Hosts.Any(host => Uri.CheckHostName(host.TrimStart('.')) == UriHostNameType.Unknown))
            yield return new("must be host names such as .at-internal.com, without scheme or path.", [nameof(Hosts)]);
    }
}
