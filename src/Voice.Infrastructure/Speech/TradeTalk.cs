using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Voice.Application;

namespace Voice.Infrastructure.Speech;

/// <summary>
/// A small language model of trading talk, estimated from templates of our own. It only ever stands beside the general model: alone it
/// would hear a deal in any noise.
/// </summary>
internal sealed class TradeTalk
{
    private const int Fillings = 60; // of each template
    private const double Discount = 0.5;

    private static readonly string[] Units =
        ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private readonly List<string> _templates = [];
    private readonly Dictionary<string, string[]> _lists = [];
    private readonly Dictionary<string, string> _sounds = [];
    private readonly Random _random = new(1); // The same model every time.

    public TradeTalk()
    {
        using var file = new StreamReader(typeof(TradeTalk).Assembly.GetManifestResourceStream("trade-talk.txt")!);
        string? list = null;
        while (file.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith("= ", StringComparison.Ordinal)) list = line[2..];
            else if (list is null) _templates.Add(line);
            else if (list == "sounds") _sounds[line.Split(' ')[0]] = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            else _lists[list] = [.. line.Split(' ').Select(entry => entry.Replace('-', ' '))];
        }
    }

    /// <summary>How words that the general dictionary lacks are spoken, in its phones.</summary>
    public IReadOnlyDictionary<string, string> Sounds => _sounds;

    /// <summary>Writes the model where the workers find it.</summary>
    /// <returns>The file, which is the same for every process of this program.</returns>
    public static string WriteModel()
    {
        var model = new TradeTalk().ToArpa();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model)));
        var file = Path.Combine(Path.GetTempPath(), $"voice-trade-talk-{digest[..16]}.lm");
        if (File.Exists(file)) return file;
        var own = $"{file}.{Environment.ProcessId}"; // Whole, or not there at all, for whoever starts at the same time.
        try
        {
            File.WriteAllText(own, model);
            File.Move(own, file, overwrite: true);
            return file;
        }
        catch (IOException exception)
        {
            throw new StorageException(exception);
        }
    }

    /// <summary>The model as ARPA text: trigrams with absolute discounting, backing off to shorter ones.</summary>
    public string ToArpa()
    {
        var counts = new Dictionary<string, int>[] { [], [], [] };
        foreach (var template in _templates)
            for (var filling = 0; filling < Fillings; filling++)
            {
                string[] words = ["<s>", .. Fill(template).Split(' '), "</s>"];
                for (var order = 0; order < 3; order++)
                    for (var at = 0; at + order < words.Length; at++)
                    {
                        var gram = string.Join(' ', words.Skip(at).Take(order + 1));
                        counts[order][gram] = counts[order].GetValueOrDefault(gram) + 1;
                    }
            }
        counts[0]["<s>"] = 0;
        return Write(counts);
    }

    private static string Write(Dictionary<string, int>[] counts)
    {
        var probabilities = new Dictionary<string, double>[3];
        var backoffs = new Dictionary<string, double>[] { [], [] };
        double total = counts[0].Values.Sum();
        probabilities[0] = counts[0].ToDictionary(gram => gram.Key, gram => gram.Value / total);
        for (var order = 1; order < 3; order++)
        {
            probabilities[order] = [];
            foreach (var history in counts[order].GroupBy(gram => gram.Key[..gram.Key.LastIndexOf(' ')]))
            {
                double seen = history.Sum(gram => gram.Value);
                foreach (var (gram, count) in history) probabilities[order][gram] = (count - Discount) / seen;
                // What the discount leaves is shared among the words not seen here, as the shorter history has them.
                var left = Discount * history.Count() / seen;
                var covered = history.Sum(gram =>
                    probabilities[order - 1].GetValueOrDefault(gram.Key[(gram.Key.IndexOf(' ', StringComparison.Ordinal) + 1)..], 1e-9));
                backoffs[order - 1][history.Key] = left / Math.Max(1e-6, 1 - covered);
            }
        }
        var arpa = new StringBuilder("\\data\\\n");
        for (var order = 0; order < 3; order++) arpa.Append(CultureInfo.InvariantCulture, $"ngram {order + 1}={counts[order].Count}\n");
        for (var order = 0; order < 3; order++)
        {
            arpa.Append(CultureInfo.InvariantCulture, $"\n\\{order + 1}-grams:\n");
            foreach (var (gram, probability) in probabilities[order].OrderBy(gram => gram.Key, StringComparer.Ordinal))
            {
                arpa.Append(CultureInfo.InvariantCulture, $"{(probability > 0 ? Math.Log10(probability) : -99):F4} {gram}");
                if (order < 2) arpa.Append(
                    CultureInfo.InvariantCulture, $" {(backoffs[order].TryGetValue(gram, out var backoff) ? Math.Log10(backoff) : 0):F4}");
                arpa.Append('\n');
            }
        }
        return arpa.Append("\n\\end\\\n").ToString();
    }

    private string Fill(string template) => string.Join(' ', template.Split(' ').Select(word => word switch
    {
        "<count>" => Say(_random.Next(4) switch
        {
            0 => _random.Next(2, 100),
            1 => _random.Next(1, 20) * 10,
            2 =>
            _random.Next(1, 10) * 100,
            _ => (_random.Next(1, 10) * 100) + (_random.Next(1, 10) * 10)
        }),
        "<price>" => Say(_random.Next(3) switch
        {
            0 => _random.Next(1, 20) * 50,
            1 => _random.Next(1, 100) * 100,
            _ =>
            (_random.Next(1, 60) * 1000) + (_random.Next(0, 10) * 100)
        }),
        "<total>" => Say(_random.Next(4) switch
        {
            0 => _random.Next(1, 100) * 1000,
            1 => _random.Next(1, 1000) * 1000,
            2 =>
            _random.Next(10, 1000) * 100,
            _ => _random.Next(10, 500) * 10_000
        }),
        ['<', .. var list, '>'] => _lists[list][_random.Next(_lists[list].Length)],
        _ => word,
    }));

    // Both ways of saying it: with "and" and without.
    private string Say(int number)
    {
        var parts = new List<string>();
        foreach (var (scale, name) in ((int, string)[])[(1_000_000, "million"), (1_000, "thousand")])
        {
            if (number < scale) continue;
            parts.Add($"{SayHundreds(number / scale)} {name}");
            number %= scale;
        }
        if (number > 0) parts.Add(SayHundreds(number));
        return string.Join(' ', parts);
    }

    private string SayHundreds(int number)
    {
        var rest = number % 100 < 20 ? Units[number % 100] : $"{Tens[number % 100 / 10]} {Units[number % 10]}".Trim();
        if (number < 100) return rest;
        var hundreds = $"{Units[number / 100]} hundred";
        return rest.Length == 0 ? hundreds : _random.Next(2) == 0 ? $"{hundreds} and {rest}" : $"{hundreds} {rest}";
    }
}
