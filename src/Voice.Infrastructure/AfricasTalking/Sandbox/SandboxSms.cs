using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>The phones of the sandbox: what they are sent is written into a book, a line each.</summary>
internal sealed class SandboxSms(SandboxSettings settings, IHostEnvironment environment, TimeProvider clock)
{
    private const int Shown = 100;
    private readonly Lock _lock = new();

    private readonly string _book = Path.GetFullPath(Path.Combine(settings.Folder, "sms.jsonl"), environment.ContentRootPath);

    public static SandboxAnswer NoRecipient { get; } = new(400, "Request is missing required form field 'to'");

    public SandboxAnswer Take(IReadOnlyDictionary<string, string> form)
    {
        var to = form.GetValueOrDefault("to", "");
        if (to.Length == 0) return NoRecipient;
        var (code, status) = Stories.Of(to) switch
        {
            Story.InvalidNumber => (403, "InvalidPhoneNumber"),
            Story.InsufficientCredit => (405, "InsufficientBalance"),
            _ => (101, "Success"),
        };
        if (code == 101) Write(new SandboxMessage(clock.GetUtcNow(), to, form.GetValueOrDefault("message", "")));
        var messageId = $"ATXid_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        return new(201, new
        {
            SMSMessageData = new
            {
                Message = code == 101 ? "Sent to 1/1 Total Cost: KES 0.8000" : "Sent to 0/1 Total Cost: 0",
                Recipients = new[] { new { statusCode = code, number = to, status, cost = "KES 0.8000", messageId } },
            },
        });
    }

    public IReadOnlyList<SandboxMessage> Messages() => [.. NewestFirst().Where(message => message.From is null).Take(Shown)];

    public IReadOnlyList<SandboxMessage> Talk(string phone) =>
        [.. NewestFirst().Where(message => message.To == phone || message.From == phone).Take(Shown).Reverse()];

    public void NoteSent(string phone, string text) => Write(new SandboxMessage(clock.GetUtcNow(), "", text, From: phone));

    private IEnumerable<SandboxMessage> NewestFirst()
    {
        string[] lines;
        lock (_lock) lines = File.Exists(_book) ? File.ReadAllLines(_book) : [];
        return lines.Reverse().Select(Read).OfType<SandboxMessage>();
    }

    private void Write(SandboxMessage message)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_book)!);
            // A line of its own even after one that a killed process has left torn.
            File.AppendAllText(_book, "\n" + JsonSerializer.Serialize(message) + "\n");
        }
    }

    private static SandboxMessage? Read(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<SandboxMessage>(line);
        }
        catch (JsonException)
        {
            return null; // The process died while it wrote the line.
        }
    }
}
