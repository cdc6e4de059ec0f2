using FluentValidation;
using FluentValidation.Validators;

namespace Voice.Application;

/// <summary>How many a list may have.</summary>
internal static class CountRule
{
    /// <summary>The list must have that many; no list at all is another rule's.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TElement>?> HasCount<T, TElement>(
        this IRuleBuilder<T, IReadOnlyList<TElement>?> list, int least, int most = int.MaxValue) =>
        list.SetValidator(new CountValidator<T, TElement>(least, most));

    private sealed class CountValidator<T, TElement>(int least, int most) : PropertyValidator<T, IReadOnlyList<TElement>?>, ILengthValidator
    {
        public override string Name => "CountValidator";

        public int Min => least;

        public int Max => most;

        public override bool IsValid(ValidationContext<T> context, IReadOnlyList<TElement>? value) =>
            value is null || (value.Count >= least && value.Count <= most);
    }
}
