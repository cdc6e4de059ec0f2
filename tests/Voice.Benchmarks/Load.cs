using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Voice.Benchmarks;

/// <summary>One HTTP/1.1 connection on a bare socket: on two cores a heavier client would hide the server behind itself.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[32 * 1024];

    public static async Task<Connection> OpenAsync(Uri address)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    public static byte[] Get(string path, string? header = null) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n");

    public static byte[] PostForm(string path, string form) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + $"Content-Length: {form.Length}\r\n\r\n{form}");

    public async Task SendAsync(byte[] request) => await _socket.SendAsync(request);

    /// <summary>Reads one whole answer and returns its status.</summary>
    public async Task<int> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server hung up.");
            length += read;
            if (IsWhole(_buffer.AsSpan(0, length))) return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        var mark = head.IndexOf("ength: "u8); // Some servers write content-length.
        if (mark < 0) return head.IndexOf("chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
        var length = 0;
        foreach (var digit in head[(mark + 7)..])
        {
            if (digit is < (byte)'0' or > (byte)'9') break;
            length = (length * 10) + digit - '0';
        }
        return answer.Length >= end + 4 + length;
    }
}

/// <summary>One of the things that are measured side by side: ours, its limit, another's.</summary>
internal sealed record Side(Uri Address, Func<int, byte[]> Request, int ExpectedStatus = 200)
{
    /// <summary>What it is, as ours is compared to it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The least that ours shall be of it.</summary>
    public double? Goal { get; init; }
}

internal static class Load
{
    private const int Connections = 32;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Requests per second of all sides, in turns so that all see the same machine: the median of the rounds' rates and, for each side, of
    /// the rounds' ratios of the first to it.
    /// </summary>
    public static async Task<IReadOnlyList<(double Rate, double Ratio)>> CompareAsync(IReadOnlyList<Side> sides, int rounds = 9)
    {
        foreach (var side in sides) await WarmUpAsync(side);
        var rates = sides.Select(_ => new List<double>()).ToList();
        // Who goes first changes, so that none always finds the machine warm.
        for (var round = 0; round < rounds; round++)
            for (var turn = 0; turn < sides.Count; turn++)
                rates[(round + turn) % sides.Count].Add(await RateAsync(sides[(round + turn) % sides.Count]));
        return [.. rates.Select(of => (Median(of), Median(of.Select((rate, round) => rates[0][round] / rate))))];
    }

    /// <summary>Until the just-in-time compiler has done its last round, which starts when the earlier ones were called often.</summary>
    public static async Task WarmUpAsync(Side side)
    {
        for (var round = 0; round < 5; round++) await RateAsync(side);
    }

    /// <summary>Median time of one request after another, in microseconds.</summary>
    public static async Task<double> LatencyAsync(Side side, int requests)
    {
        using var connection = await Connection.OpenAsync(side.Address);
        var times = new double[requests];
        for (var number = 0; number < requests; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await connection.SendAsync(side.Request(number));
            Check(await connection.ReceiveAsync(), side);
            times[number] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        return Median(times);
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    private static int _requests;

    private static async Task<double> RateAsync(Side side)
    {
        var done = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var connection = await Connection.OpenAsync(side.Address);
            while (watch.Elapsed < Slice)
            {
                await connection.SendAsync(side.Request(Interlocked.Increment(ref _requests)));
                Check(await connection.ReceiveAsync(), side);
                Interlocked.Increment(ref done);
            }
        }));
        return done / watch.Elapsed.TotalSeconds;
    }

    private static void Check(int status, Side side)
    {
        if (status != side.ExpectedStatus)
            throw new InvalidOperationException($"{side.Address} answered {status} instead of {side.ExpectedStatus}.");
    }
}
