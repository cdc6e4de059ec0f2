using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Voice.TestKit;

/// <summary>HTTP/1.1 by hand, for requests that no client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends these bytes, which should ask for the connection to be closed, and reads until the server does.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        Uri address, byte[] request, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // The server hung up before it had read all, which it may; what it answered before counts.
        }
        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException($"No answer, but: {text}");
        var status = (HttpStatusCode)int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        var body = text[(end + 4)..];
        var isChunked = text.AsSpan(0, end).Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return (status, isChunked ? Unchunk(body) : body);
    }

    private static string Unchunk(string body)
    {
        var whole = new StringBuilder();
        var bytes = Encoding.UTF8.GetBytes(body);
        for (var at = 0; at < bytes.Length;)
        {
            var line = Array.IndexOf(bytes, (byte)'\n', at);
            if (line < 0) break;
            var length = Convert.ToInt32(Encoding.ASCII.GetString(bytes, at, line - at).Trim(), 16);
            if (length == 0) break;
            whole.Append(Encoding.UTF8.GetString(bytes, line + 1, length));
            at = line + 1 + length + 2;
        }
        return whole.ToString();
    }
}
