using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>The settings under <c>Retention</c>.</summary>
internal sealed class RetentionSettings : IValidatableObject
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    /// <summary>How long audio may lie in the folder that it is worked on in.</summary>
    public TimeSpan Audio { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long raw callbacks are kept, and jobs that have ended.</summary>
    public TimeSpan Inbox { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long recordings are kept, with all that came of them; null: for ever.</summary>
    public TimeSpan? Recordings { get; init; }

    /// <summary>How long a repeated request is known for one.</summary>
    public TimeSpan IdempotencyKeys { get; init; } = TimeSpan.FromDays(1);

    public Retention ToRetention() => new(Audio, Inbox, Recordings, IdempotencyKeys);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var kept = new (string Name, TimeSpan? Age)[]
        {
            (nameof(Audio), Audio), (nameof(Inbox), Inbox), (nameof(Recordings), Recordings), (nameof(IdempotencyKeys), IdempotencyKeys),
        };
        return kept.Where(kind => kind.Age <= TimeSpan.Zero || kind.Age > Longest).Select(kind => new ValidationResult(
            "must be a duration of more than nothing and at most 36500 days, such as 1.00:00 (a day).", [kind.Name]));
    }
}
