using System.Net;
using System.Text;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Sandbox;

/// <summary>What the sandbox's phones have received, for whoever develops.</summary>
internal static class MessagesPage
{
    public static string Write(IReadOnlyList<SandboxMessage> messages)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sandbox text messages</title>
            <style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
            article{border:1px solid #ddd;border-radius:10px;padding:.8rem 1rem;margin:.8rem 0;overflow-wrap:anywhere}small{color:#666}
            </style></head>
            <body><h1>Text messages</h1><p>What the sandbox's phones have received. Nobody was really sent anything.</p>
            """);
        if (messages.Count == 0) page.Append("<p>None yet.</p>");
        foreach (var message in messages)
            page.Append($"<article><small>{WebUtility.HtmlEncode(message.To)} · {message.At:yyyy-MM-dd HH:mm:ss} UTC</small><br>")
                .Append($"{WebUtility.HtmlEncode(message.Text)}</article>");
        return page.Append("</body></html>").ToString();
    }
}
