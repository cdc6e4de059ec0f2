using System.Collections.Concurrent;
using System.Globalization;

namespace Voice.TestKit.Faults;

/// <summary>How much memory processes hold, from second to second until they end.</summary>
internal sealed class MemoryBook
{
    // Until then a process is still growing to its size: compiling, filling its pools.
    private static readonly TimeSpan Growing = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<Life> _lives = new();

    public void Watch(string name, int processId)
    {
        var life = new Life(name);
        _lives.Enqueue(life);
        _ = Task.Run(async () =>
        {
            while (Megabytes(processId) is { } megabytes)
            {
                life.Add(megabytes);
                await Task.Delay(1000);
            }
        });
    }

    /// <summary>The most that any of them held.</summary>
    public int Most => _lives.Max(life => life.Most);

    /// <summary>Each life that was long enough to tell: its middle value early and late.</summary>
    public IEnumerable<(string Name, int Seconds, int Early, int Late)> Lives() =>
        _lives.Select(life => life.Tell()).OfType<(string, int, int, int)>();

    private static int? Megabytes(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith("VmRSS", StringComparison.Ordinal));
            return line is null ? null
                : int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null; // It has ended.
        }
    }

    private sealed class Life(string name)
    {
        private readonly List<int> _megabytes = [];

        public int Most
        {
            get
            {
                lock (_megabytes) return _megabytes.DefaultIfEmpty().Max();
            }
        }

        public void Add(int megabytes)
        {
            lock (_megabytes) _megabytes.Add(megabytes);
        }

        public (string, int, int, int)? Tell()
        {
            lock (_megabytes)
            {
                var grown = _megabytes.Skip((int)Growing.TotalSeconds).ToList();
                if (grown.Count < 15) return null;
                return (name, _megabytes.Count, Middle(grown[..(grown.Count / 3)]), Middle(grown[^(grown.Count / 3)..]));
            }
        }

        private static int Middle(List<int> values) => values.Order().ElementAt(values.Count / 2);
    }
}
