using System.ComponentModel.DataAnnotations;
using Voice.Application.Events;

namespace Voice.Infrastructure.Events;

/// <summary>The settings under <c>Events</c>.</summary>
internal sealed class EventSettings
{
    /// <summary>Events may also go to addresses inside networks, this machine's own included, and without https.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>How long an endpoint that fails is tried again before it is disabled.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00", ErrorMessage = "must be from ten seconds to 30 days, such as 3.00:00.")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(3);

    public EventRules ToRules() => new(Patience);
}
