using System.Globalization;
using System.Text.Json;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Speech;
using Voice.TestKit;

namespace Voice.Benchmarks;

/// <summary>
/// From synthetic speech to money terms: how many words are heard wrong, and what becomes of the figures (docs/accuracy.md).
/// </summary>
internal static class Speech
{
    private static readonly string[] Voices = ["rms", "slt", "awb", "kal16"];
    private static readonly string[] Bands = ["16 kHz", "8 kHz telephone"];
    private static readonly string[] MoneyTerms = ["quantity", "unit_price", "total_amount", "upfront_payment"];

    public static async Task MeasureAsync(string folder, int calls)
    {
        var negotiations = Negotiation.Read("held-back.json")
            .Where(negotiation => Agreed(negotiation, "unit_price") is not null && negotiation.Transcript.Any(char.IsUpper)).Take(calls)
                .ToList();
        using var source = new AudioSource(new AudioSettings(), new AudioHosts(new AudioSettings(), null), folder, TimeProvider.System);
        Console.WriteLine($"{negotiations.Count} calls, each by every voice");
        Console.WriteLine("| band | voice | word error rate | right | disputed | missing | wrong |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        using var cores = new SemaphoreSlim(2);
        foreach (var band in Bands)
            foreach (var voice in Voices)
            {
                var tally = new Tally();
                await Task.WhenAll(negotiations.Select(async negotiation =>
                {
                    await cores.WaitAsync();
                    try
                    {
                        using var audio = await SpeakAsync(source, folder, negotiation.Transcript, voice, band);
                        using var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default);
                        var transcript = await new SphinxTranscriber(new()).TranscribeAsync(
                            audio, decoded.Mixed, new Progress<double>(), default);
                        tally.Add(negotiation, transcript, TermsReader.Read(transcript, negotiation.ContractType, negotiation.Day));
                    }
                    finally
                    {
                        cores.Release();
                    }
                }));
                Console.WriteLine(tally.Row(band, voice));
                foreach (var wrong in tally.WrongOnes) Console.WriteLine($"    wrong: {wrong}");
            }
    }

    // The value itself, where others would do too.
    private static string? Agreed(Negotiation negotiation, string term) =>
        !negotiation.Gold.TryGetProperty(term, out var gold) || gold.ValueKind == JsonValueKind.Null ? null
            : (gold.ValueKind == JsonValueKind.Array ? gold[0] : gold).GetRawText();

    private static async Task<AudioFile> SpeakAsync(AudioSource source, string folder, string text, string voice, string band)
    {
        var name = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(name + ".txt", text);
        await Tool.RunAsync("flite", ["-voice", voice, "-f", name + ".txt", "-o", name + ".wav"], null, Tool.Nothing, Enough, default);
        string[] filter = band == Bands[0] ? ["-ar", "16000"]
            : ["-af", "highpass=f=300,lowpass=f=3400", "-ar", "8000", "-c:a", "pcm_mulaw"];
        await Tool.RunAsync("ffmpeg", ["-v", "error", "-i", name + ".wav", .. filter, name + ".band.wav"],
            null, Tool.Nothing, Enough, default);
        await using var audio = File.OpenRead(name + ".band.wav");
        return await source.KeepAsync(audio, default);
    }

    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);

    private sealed class Tally
    {
        private readonly Lock _lock = new();
        private int _words, _errors, _right, _disputed, _missing, _wrong;

        public List<string> WrongOnes { get; } = [];

        public void Add(Negotiation negotiation, Transcript heard, TermsReading reading)
        {
            string[] said = [.. Plain(negotiation.Transcript)], got = [.. Plain(heard.Text)];
            var read = Score.Values(reading.Terms);
            lock (_lock)
            {
                _words += said.Length;
                _errors += Distance(said, got);
                foreach (var term in MoneyTerms)
                {
                    var (agreed, found) = (Agreed(negotiation, term), read[term]);
                    if (found is not null && found == agreed) _right++;
                    else if (found is not null)
                    {
                        _wrong++;
                        WrongOnes.Add($"{negotiation.Id}: {term} is {agreed ?? "null"}, read as {found} in: {heard.Text}");
                    }
                    else if (agreed is not null && reading.Evidence.TryGetValue(term, out var evidence) && evidence.Disputed) _disputed++;
                    else if (agreed is not null) _missing++;
                }
            }
        }

        public string Row(string band, string voice) => string.Create(
            CultureInfo.InvariantCulture,
                $"| {band} | {voice} | {_errors / (double)_words:P0} | {_right} | {_disputed} | {_missing} | {_wrong} |");

        private static IEnumerable<string> Plain(string text) =>
            text.ToLowerInvariant().Split([' ', '.', ',', '?', '-'], StringSplitOptions.RemoveEmptyEntries);

        // Levenshtein's distance in words.
        private static int Distance(string[] one, string[] other)
        {
            var row = Enumerable.Range(0, other.Length + 1).ToArray();
            for (var i = 1; i <= one.Length; i++)
            {
                var (diagonal, left) = (row[0], i);
                row[0] = i;
                for (var j = 1; j <= other.Length; j++)
                {
                    var best = Math.Min(Math.Min(row[j] + 1, left + 1), diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                    (diagonal, left) = (row[j], best);
                    row[j] = best;
                }
            }
            return row[^1];
        }
    }
}
