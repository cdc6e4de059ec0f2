using System.Net;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voice.Application.Webhooks;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>
/// A stand-in for Africa's Talking that speaks its protocol: it takes <c>POST /call</c>, posts callbacks to the webhook over HTTP,
/// and obeys the call actions that the webhook answers.
/// </summary>
internal sealed partial class SandboxProvider(
    SandboxSettings settings, SandboxNotebook notebook, SandboxSms phones, ProviderAddress address, IOwnAddress own,
    IHttpClientFactory http, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SandboxProvider> logger)
    : ISandbox, IHostedService
{
    public const string HttpClientName = "sandbox";
    private const int Attempts = 6;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Callbacks need a server that listens, to post to and to serve the audio.
        lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var (page, call) in notebook.LeftBehind()) _ = PlayAsync(page, call);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<SandboxAnswer> TakeCallAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        var to = form.GetValueOrDefault("to", "");
        if (to.Length == 0) return SandboxSms.NoRecipient;
        switch (Stories.Of(to))
        {
            case Story.ProviderFails:
                return new(500, "Internal Server Error");
            case Story.ProviderHangs:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return new(500, "Nobody waits for this any more.");
            case Story.InvalidNumber:
                return Entry(to, "InvalidPhoneNumber", "None");
            case Story.InsufficientCredit:
                return Entry(to, "InsufficientCredit", "None");
            default:
                var call = new SandboxCall
                {
                    SessionId = $"ATVId_{RandomNumberGenerator.GetHexString(32, lowercase: true)}",
                    From = form.GetValueOrDefault("from", ""),
                    To = to,
                    ClientRequestId = form.GetValueOrDefault("clientRequestId", "") is { Length: > 0 } tag ? tag : null,
                    StartedAt = clock.GetUtcNow(),
                };
                _ = PlayAsync(notebook.Begin(call), call);
                return Entry(to, "Queued", call.SessionId);
        }

        static SandboxAnswer Entry(string phone, string status, string session) =>
            new(201, new { entries = new[] { new { phoneNumber = phone, status, sessionId = session } }, errorMessage = "None" });
    }

    public SandboxAnswer TakeMessage(IReadOnlyDictionary<string, string> form) => phones.Take(form);

    public IReadOnlyList<SandboxMessage> Messages() => phones.Messages();

    public IReadOnlyList<SandboxMessage> Talk(string phone) => phones.Talk(phone);

    public void NoteSent(string phone, string text) => phones.NoteSent(phone, text);

    public IReadOnlyList<SandboxStory> Examples { get; } = [.. Enum.GetValues<Story>().Select(Stories.ExampleOf)];

    public Stream OpenAudio() => Conversation.Open();

    private async Task PlayAsync(FileStream page, SandboxCall call)
    {
        var stopping = lifetime.ApplicationStopping;
        try
        {
            while (Script.Of(call, $"{address.ShownSandbox}/recordings/{call.SessionId}.mp3", Conversation.Seconds) is var steps
                && call.NextStep < steps.Count)
            {
                var step = steps[call.NextStep];
                var pause = call.StartedAt + (settings.CallDuration * step.At) - clock.GetUtcNow();
                if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, stopping);
                var answer = await PostAsync(step.Fields, stopping);
                var dial = step.AsksForActions && answer is not null ? ReadDial(answer) : null;
                call = call with { NextStep = call.NextStep + 1, Dial = dial ?? call.Dial };
                SandboxNotebook.Write(page, call);
            }
            SandboxNotebook.End(page);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await page.DisposeAsync(); // The page stays: the call goes on at the next start.
        }
        catch (Exception exception)
        {
            LogCallLost(exception, call.SessionId);
            SandboxNotebook.End(page);
        }
    }

    // The provider may send again what was not answered with success, so the sandbox does.
    private async Task<string?> PostAsync(IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClientName);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            HttpStatusCode? status = null;
            try
            {
                using var content = new FormUrlEncodedContent(fields);
                using var response = await client.PostAsync(own.Callback, content, cancellationToken);
                if (response.IsSuccessStatusCode) return await response.Content.ReadAsStringAsync(cancellationToken);
                status = response.StatusCode;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // Said below, after the last attempt: a webhook that restarts is no news.
            }
            if (attempt == Attempts) LogNotDelivered(fields["sessionId"], status);
            else await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), clock, cancellationToken);
        }
        return null;
    }

    private static DialAction? ReadDial(string actions)
    {
        try
        {
            var dial = XDocument.Parse(actions).Root?.Element("Dial");
            return dial?.Attribute("phoneNumbers")?.Value is { } numbers
                ? new(numbers, (bool?)dial.Attribute("record") ?? false, (int?)dial.Attribute("maxDuration"))
                : null;
        }
        catch (Exception exception) when (exception is XmlException or FormatException)
        {
            return null; // What the provider cannot read it does not do.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The sandbox could not deliver a callback of {SessionId} to the webhook (last status: {Status}).")]
    private partial void LogNotDelivered(string sessionId, HttpStatusCode? status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox lost the call {SessionId}.")]
    private partial void LogCallLost(Exception exception, string sessionId);
}
