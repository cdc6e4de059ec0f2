using System.Text.Json;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>
/// What happens to a pretended call. The last four digits of a number choose it; any other number is answered and all goes well.
/// </summary>
internal enum Story
{
    Completed = 0,
    Busy = 1,
    NoAnswer = 2,
    Rejected = 3,
    OtherPartyUnreachable = 4,
    InvalidNumber = 5,
    InsufficientCredit = 6,
    EveryEventTwice = 7,
    ReverseOrder = 8,
    AddressLater = 9,
    NoFinalEvent = 10,
    ProviderFails = 11,
    ProviderHangs = 12,
}

internal static class Stories
{
    public static Story Of(string? phone) =>
        phone is { Length: > 4 } && int.TryParse(phone[^4..], out var digits) && Enum.IsDefined((Story)digits)
            ? (Story)digits
            : Story.Completed;

    /// <summary>A call to which it happens.</summary>
    public static SandboxStory ExampleOf(Story story)
    {
        var number = $"+25471234{(story == Story.Completed ? 5678 : (int)story):D4}";
        const string friend = "+254787654321";
        var (first, other) = story == Story.OtherPartyUnreachable ? (friend, number) : (number, friend);
        return new(JsonNamingPolicy.SnakeCaseLower.ConvertName(story.ToString()), first, other, story == Story.NoFinalEvent ? 5 : null);
    }
}
