namespace Voice.Domain.Recordings;

/// <summary>A phone number in E.164 form: <c>+</c>, then 7 to 15 digits, the first not zero (ITU-T E.164, section 6).</summary>
public readonly record struct PhoneNumber
{
    /// <summary>What such a number looks like, as a regular expression.</summary>
    public const string Pattern = "^\\+[1-9][0-9]{6,14}$";

    private PhoneNumber(string value) => Value = value;

    /// <summary>The number in E.164 form, such as <c>+254712345678</c>.</summary>
    public string Value { get; }

    /// <summary>Reads a strict E.164 number; spaces, letters and digits of other scripts are refused.</summary>
    public static bool TryParse(string? text, out PhoneNumber number)
    {
        var possible = text is ['+', >= '1' and <= '9', .. var rest] && rest.Length is >= 6 and <= 14 && rest.All(char.IsAsciiDigit);
        number = possible ? new PhoneNumber(text!) : default;
        return possible;
    }

    /// <summary>Reads a number that is known to be in E.164 form.</summary>
    /// <exception cref="FormatException">The text is not in E.164 form.</exception>
    public static PhoneNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("The phone number is not in E.164 form.");

    /// <summary>The number for logs and timelines, enough to recognise and too little to call: <c>+2547…678</c>.</summary>
    public string Masked => $"{Value[..5]}…{Value[^3..]}";

    /// <inheritdoc/>
    public override string ToString() => Masked;
}
