using System.ComponentModel.DataAnnotations;

namespace Voice.Application;

/// <summary>A setting that is an absolute http or https address, or not set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AbsoluteAddressAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null or Uri { IsAbsoluteUri: true, Scheme: "https" or "http" }
            ? ValidationResult.Success
            : new ValidationResult("must be an absolute http or https address.", [validationContext.MemberName!]);
}
