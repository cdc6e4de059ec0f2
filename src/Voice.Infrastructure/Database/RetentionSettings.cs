using System.ComponentModel.DataAnnotations;
using Voice.Application;

namespace Voice.Infrastructure.Database;

/// <summary>The settings under <c>Retention</c>.</summary>
internal sealed class RetentionSettings : IValidatableObject
{
    /// <summary>How long a repeated request is known for one.</summary>
    public TimeSpan IdempotencyKeys { get; init; } = TimeSpan.FromDays(1);

    public Retention ToRetention() => new(IdempotencyKeys);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IdempotencyKeys <= TimeSpan.Zero)
            yield return new("must be a duration of more than nothing, such as 1.00:00 (a day).", [nameof(IdempotencyKeys)]);
    }
}
