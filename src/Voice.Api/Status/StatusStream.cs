using System.Globalization;
using System.Text;
using Voice.Application.Recordings;

namespace Voice.Api.Status;

/// <summary>Writes server-sent events (HTML Living Standard, section 9.2).</summary>
internal sealed class StatusStream(HttpResponse response)
{
    /// <summary>How long the stream may be silent before a proxy takes it for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Starts the stream.</summary>
    /// <returns>Whether the current status is news to the caller.</returns>
    public bool Begins(StatusRepresentation status, string? lastEventId)
    {
        var isNews = lastEventId != Id(status);
        if (!isNews && status.IsFinal)
        {
            // The one answer that keeps an EventSource from connecting again.
            response.StatusCode = StatusCodes.Status204NoContent;
            return false;
        }
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back.
        return isNews;
    }

    public Task SendAsync(StatusRepresentation status, CancellationToken cancellationToken) =>
        WriteAsync($"event: status\nid: {Id(status)}\ndata: {Encoding.UTF8.GetString(status.Json)}\n\n", cancellationToken);

    public Task KeepAwakeAsync(CancellationToken cancellationToken) => WriteAsync(":\n\n", cancellationToken);

    private static string Id(StatusRepresentation status) => status.Version.ToString(CultureInfo.InvariantCulture);

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
