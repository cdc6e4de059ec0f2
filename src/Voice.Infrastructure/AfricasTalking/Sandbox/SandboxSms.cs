using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>The sandbox's side of text messages: it takes them in the provider's words, and shows them to whoever develops.</summary>
internal sealed class SandboxSms(SandboxSettings settings, IHostEnvironment environment, TimeProvider clock)
{
    private const int Shown = 100;
    private readonly Lock _lock = new();

    private readonly string _book = Path.GetFullPath(Path.Combine(settings.Folder, "sms.jsonl"), environment.ContentRootPath);

    /// <summary>Answers <c>POST /version1/messaging</c>.</summary>
    public async Task<IResult> SendAsync(HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        var (to, message) = (form["to"].ToString(), form["message"].ToString());
        if (to.Length == 0) return Results.Text("Request is missing required form field 'to'", statusCode: StatusCodes.Status400BadRequest);
        var (code, status) = Stories.Of(to) switch
        {
            Story.InvalidNumber => (403, "InvalidPhoneNumber"),
            Story.InsufficientCredit => (405, "InsufficientBalance"),
            _ => (101, "Success"),
        };
        if (code == 101)
            lock (_lock)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_book)!);
                File.AppendAllText(_book, JsonSerializer.Serialize(new SandboxMessage(clock.GetUtcNow(), to, message)) + "\n");
            }
        return Results.Json(
            new
            {
                SMSMessageData = new
                {
                    Message = code == 101 ? "Sent to 1/1 Total Cost: KES 0.8000" : "Sent to 0/1 Total Cost: 0",
                    Recipients = new[] { new { statusCode = code, number = to, status, cost = "KES 0.8000", messageId = $"ATXid_{RandomNumberGenerator.GetHexString(32, lowercase: true)}" } },
                },
            },
            new JsonSerializerOptions(), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The messages, newest first: a page for browsers, JSON for everything else.</summary>
    public IResult Inbox(HttpRequest request)
    {
        var messages = Messages();
        if (!request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Results.Json(messages, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sandbox text messages</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}article{border:1px solid #ddd;border-radius:10px;padding:.8rem 1rem;margin:.8rem 0;overflow-wrap:anywhere}small{color:#666}</style></head>
            <body><h1>Text messages</h1><p>What the sandbox's phones have received. Nobody was really sent anything.</p>
            """);
        if (messages.Count == 0) page.Append("<p>None yet.</p>");
        foreach (var message in messages)
            page.Append($"<article><small>{WebUtility.HtmlEncode(message.To)} · {message.At:yyyy-MM-dd HH:mm:ss} UTC</small><br>{WebUtility.HtmlEncode(message.Text)}</article>");
        return Results.Content(page.Append("</body></html>").ToString(), "text/html; charset=utf-8");
    }

    private List<SandboxMessage> Messages()
    {
        lock (_lock)
            return File.Exists(_book)
                ? [.. File.ReadLines(_book).Reverse().Take(Shown).Select(line => JsonSerializer.Deserialize<SandboxMessage>(line)!)]
                : [];
    }
}

/// <summary>A message that a phone of the sandbox received.</summary>
internal sealed record SandboxMessage(DateTimeOffset At, string To, string Text);
