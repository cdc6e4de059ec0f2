using FluentValidation;
using FluentValidation.Validators;

namespace Voice.Application;

/// <summary>A text that must be one of a few words.</summary>
internal static class WordRule
{
    /// <summary>The text must be one of the words, or nothing unless it is required.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(
        this IRuleBuilder<T, string?> text, string name, IReadOnlyCollection<string> words, bool isRequired = false)
    {
        var sentence = $"The {name} must be one of: {string.Join(", ", words)}.";
        var asked = isRequired ? text.NotNull().WithMessage(sentence) : text;
        return asked.SetValidator(new WordValidator<T>(words)).WithMessage(sentence);
    }

    private sealed class WordValidator<T>(IReadOnlyCollection<string> words) : PropertyValidator<T, string?>, IWordValidator
    {
        public override string Name => "WordValidator";

        public IReadOnlyCollection<string> Words => words;

        public override bool IsValid(ValidationContext<T> context, string? value) => value is null || words.Contains(value);
    }
}

/// <summary>The rule, for who documents it.</summary>
public interface IWordValidator
{
    /// <summary>What the text can be.</summary>
    IReadOnlyCollection<string> Words { get; }
}
