using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Infrastructure.Audio;

namespace Voice.Infrastructure.Speech;

/// <summary>Listens with pocketsphinx, in a worker process.</summary>
internal sealed class SphinxTranscriber(TranscriptionSettings settings) : ITranscriber
{
    // Made at first use and once for as long as the process lives; a failure is not remembered, because the disk may have been full.
    private static readonly Lazy<string> LanguageModel = new(TradeTalk.WriteModel, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>How the engine is got.</summary>
    public const string Installation = "on Debian: apt-get install libpocketsphinx3 pocketsphinx-en-us";

    public static bool IsInstalled => Directory.Exists(SphinxWorker.ModelFolder) && NativeLibrary.TryLoad(PocketSphinx.Library, out _);

    public SpeechEngine Engine => SpeechEngine.Pocketsphinx;

    public async Task<Transcript> TranscribeAsync(
        AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken)
    {
        var words = new List<HeardWord>();
        var exitCode = await Tool.RunWorkerAsync(
            SphinxWorker.Argument, LanguageModel.Value, wavFile, Tool.Lines(Hear), settings.Timeout, cancellationToken);
        if (exitCode != 0) throw new EngineFailedException(
            "The speech engine gave up on this audio. Try again; if it stays, tell the operator.");
        return Compose(words);

        void Hear(string line)
        {
            var utterance = JsonSerializer.Deserialize(line, SpeechJson.Default.HeardUtterance)!;
            words.AddRange(utterance.Words);
            heard.Report(utterance.Heard);
        }
    }

    /// <summary>Words to text: a pause ends a sentence. Whether it cut a number in two, the reader decides.</summary>
    internal static Transcript Compose(IReadOnlyList<HeardWord> words)
    {
        var text = new StringBuilder();
        var segments = new List<TranscriptSegment>();
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            var isSentence = word.StartsUtterance && index > 0;
            if (index > 0) text.Append(isSentence ? ". " : " ");
            segments.Add(new(text.Length, text.Length + word.Word.Length, word.From, word.To, word.Confidence, isSentence));
            text.Append(word.Word);
        }
        if (words.Count > 0) text.Append('.');
        return new Transcript(text.ToString(), segments);
    }
}
