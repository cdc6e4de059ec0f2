using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using static Voice.Infrastructure.Speech.PocketSphinx;

namespace Voice.Infrastructure.Speech;

/// <summary>
/// A process of its own around the native recognizer, so that whatever happens in there cannot take the service down. Reads samples (16
/// kHz, mono, 16 bit) from its input and writes each utterance that it heard as a line of JSON to its output.
/// </summary>
public static class SphinxWorker
{
    /// <summary>The argument that makes the program this worker.</summary>
    public const string Argument = "speech-worker";

    internal const string ModelFolder = "/usr/share/pocketsphinx/model/en-us";
    private const int Rate = 16_000;
    private const int FramesPerSecond = 100;
    private const float GeneralWeight = 0.4f;

    /// <summary>Does one piece of work.</summary>
    /// <param name="languageModel">The file of trading talk's language model.</param>
    public static int Run(string languageModel)
    {
        using var input = new MemoryStream();
        using (var stdin = Console.OpenStandardInput()) stdin.CopyTo(input);
        var samples = MemoryMarshal.Cast<byte, short>(input.GetBuffer().AsSpan(0, (int)input.Length)).ToArray();
        var decoder = Open(languageModel);
        var logmath = ps_get_logmath(decoder);
        foreach (var (from, to) in Utterances.In(samples))
        {
            var utterance = samples[from..to];
            if (ps_start_utt(decoder) < 0 || ps_process_raw(decoder, utterance, (nuint)utterance.Length, 0, 1) < 0
                || ps_end_utt(decoder) < 0)
                throw new InvalidOperationException("pocketsphinx gave up.");
            var words = new List<HeardWord>();
            for (var segment = ps_seg_iter(decoder); segment != 0; segment = ps_seg_next(segment))
            {
                var word = Marshal.PtrToStringUTF8(ps_seg_word(segment))!;
                if (word.StartsWith('<') || word.StartsWith('[') || word.StartsWith('+')) continue;
                ps_seg_frames(segment, out var start, out var end);
                var offset = from / (double)Rate;
                words.Add(new(
                    word.Split('(')[0], Math.Round(offset + (start / (double)FramesPerSecond), 2),
                        Math.Round(offset + (end / (double)FramesPerSecond), 2),
                    Math.Round(Math.Min(1, logmath_exp(logmath, ps_seg_prob(segment, 0, 0, 0))), 3), words.Count == 0));
            }
            Console.WriteLine(JsonSerializer.Serialize(new(to / (double)samples.Length, words), SpeechJson.Default.HeardUtterance));
        }
        return 0;
    }

    private static nint Open(string languageModel)
    {
        string[] arguments =
        [
            "voice", "-hmm", $"{ModelFolder}/en-us", "-lm", $"{ModelFolder}/en-us.lm.bin", "-dict", $"{ModelFolder}/cmudict-en-us.dict",
                "-logfn", "/dev/null",
            "-remove_silence", "no",
        ];
        var config = cmd_ln_parse_r(0, ps_args(), arguments.Length, arguments, 1);
        var decoder = config == 0 ? 0 : ps_init(config);
        if (decoder == 0) throw new InvalidOperationException("pocketsphinx could not be started with the model in " + ModelFolder);
        foreach (var (word, phones) in new TradeTalk().Sounds) ps_add_word(decoder, word, phones, 1);
        var logmath = ps_get_logmath(decoder);
        var general = ngram_model_read(config, $"{ModelFolder}/en-us.lm.bin", 0, logmath);
        var trade = ngram_model_read(config, languageModel, 0, logmath);
        if (general == 0 || trade == 0) throw new InvalidOperationException("pocketsphinx could not read its language models.");
        var both = ngram_model_set_init(config, [general, trade], ["general", "trade"], [GeneralWeight, 1 - GeneralWeight], 2);
        if (both == 0 || ps_set_lm(decoder, "both", both) < 0 || ps_set_search(decoder, "both") < 0)
            throw new InvalidOperationException("pocketsphinx could not join its language models.");
        return decoder;
    }
}

/// <summary>A word that was heard.</summary>
/// <param name="Word">The word.</param>
/// <param name="From">Start, in seconds.</param>
/// <param name="To">End, in seconds.</param>
/// <param name="Confidence">Posterior probability, 0 to 1.</param>
/// <param name="StartsUtterance">There was a pause before it.</param>
internal sealed record HeardWord(string Word, double From, double To, double Confidence, bool StartsUtterance);

/// <summary>What was heard between two pauses.</summary>
/// <param name="Heard">The part of the audio that has been heard by then, 0 to 1.</param>
/// <param name="Words">The words.</param>
internal sealed record HeardUtterance(double Heard, IReadOnlyList<HeardWord> Words);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HeardUtterance))]
internal sealed partial class SpeechJson : JsonSerializerContext;
