using System.Collections.Concurrent;

namespace Voice.TestKit.Faults;

/// <summary>What a fault run counted, and what it found wrong.</summary>
internal sealed class Findings
{
    private readonly List<(string What, string Count)> _counts = [];
    private readonly ConcurrentQueue<string> _wrongs = new();

    public IReadOnlyCollection<string> Wrongs => _wrongs;

    public void Count(string what, object count) => _counts.Add((what, $"{count}"));

    public void Wrong(string sentence) => _wrongs.Enqueue(sentence);

    public override string ToString() => string.Join('\n', _counts.Select(count => $"| {count.What} | {count.Count} |")
        .Append(_wrongs.IsEmpty ? "Nothing is wrong." : $"{_wrongs.Count} things are wrong:").Concat(_wrongs));
}
