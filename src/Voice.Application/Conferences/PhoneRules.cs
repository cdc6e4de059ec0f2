using FluentValidation;
using FluentValidation.Validators;
using Voice.Domain.Recordings;

namespace Voice.Application.Conferences;

/// <summary>What is asked of a phone number wherever a caller gives one.</summary>
public static class PhoneRules
{
    /// <summary>The number must be in E.164 form (ITU-T E.164, section 6).</summary>
    public static IRuleBuilderOptions<T, string?> MustBePhone<T>(this IRuleBuilder<T, string?> phone) =>
        phone.NotNull().WithMessage(E164Validator<T>.Sentence).SetValidator(new E164Validator<T>());

    /// <summary>The same, a number of its length must be possible in its country, and it must be written as it is dialled.</summary>
    public static IRuleBuilderOptions<T, string?> MustBePossiblePhone<T>(this IRuleBuilder<T, string?> phone, INumberingPlan plan) =>
        phone.MustBePhone()
            .Must(text => !PhoneNumber.TryParse(text, out var number) || plan.IsPossible(number))
            .WithMessage("No phone number of this length exists in that country.")
            .Must(text => !PhoneNumber.TryParse(text, out var number) || plan.Read(text!) is not { } meant || meant == number)
            .WithMessage((_, text) => $"Leave out the 0 after the country code: {plan.Read(text!)!.Value.Value}.");

    // The expression is for who documents the rule; it is not what decides.
    private sealed class E164Validator<T> : PropertyValidator<T, string?>, IRegularExpressionValidator
    {
        public const string Sentence =
            "Give the phone number in E.164 form: +, country code and number, digits only, such as +254712345678.";

        public override string Name => "E164Validator";

        public string Expression => PhoneNumber.Pattern;

        public override bool IsValid(ValidationContext<T> context, string? value) => value is null || PhoneNumber.TryParse(value, out _);

        protected override string GetDefaultMessageTemplate(string errorCode) => Sentence;
    }
}
