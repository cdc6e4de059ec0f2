using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Voice.TestKit;

/// <summary>Somebody else's server that answers each request with bytes that no server should send, and hangs up.</summary>
internal sealed class RawDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    /// <param name="answer">The bytes, a character each, to the first request, the second, and so on.</param>
    public RawDouble(Func<int, string> answer)
    {
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public int Requests { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(Func<int, string> answer)
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line.AsSpan(15));
            await reader.ReadBlockAsync(new char[length]);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer(++Requests)));
        }
    }
}
