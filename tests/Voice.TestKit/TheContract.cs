using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.TestKit;

/// <summary>Contracts for tests, with only what a test cares about spelled out.</summary>
internal static class TheContract
{
    public static Contract New(
        string id, DateTimeOffset? at = null, string? recordingId = null, string other = "+254787654321", string? name = null,
        ContractTerms? terms = null) => Contract.Make(
            id, recordingId, $"audio of {id}", ContractType.Default,
            [new(PhoneNumber.Parse("+254712345678"), PartyRole.Buyer, name), new(PhoneNumber.Parse(other), PartyRole.Seller, null)],
            "two hundred bags of maize",
            SpeechEngine.Pocketsphinx,
            new(
                terms ?? new()
                {
                    Product = "maize",
                    Quantity = 200,
                    Unit = "bag",
                    UnitPrice = 3200,
                    TotalAmount = 640000,
                    Currency = "KES",
                },
                new Dictionary<string, Evidence> { ["product"] = new("maize", 20, 25, null, 0.9, false, []) }),
            at ?? TheRecording.Start);
}
