using Microsoft.Extensions.Hosting;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Infrastructure.Audio;
using Whisper.net;

namespace Voice.Infrastructure.Speech;

/// <summary>Listens with Whisper, in this process, with a model that is loaded once, at the start.</summary>
/// <param name="modelFile">The model, in ggml format.</param>
/// <param name="atOnce">How many listen at the same time.</param>
internal sealed class WhisperTranscriber(string modelFile, int atOnce) : ITranscriber, IHostedService, IDisposable
{
    private static readonly TimeSpan LongestTrial = TimeSpan.FromMinutes(5); // of processor time
    private WhisperFactory? _model;
    private string _language = "";

    public SpeechEngine Engine => SpeechEngine.Whisper;

    /// <exception cref="SettingException">There is no such model.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(modelFile)) throw new SettingException($"Transcription:ModelFile names a file that is not there ({modelFile}).");
        var exitCode = await Tool.RunWorkerAsync(
            WhisperTrial.Argument, modelFile, input: null, Tool.Nothing, LongestTrial, cancellationToken);
        if (exitCode == WhisperTrial.NoLibrary)
            throw new SettingException("Transcription:Engine is whisper, whose native library does not run on this machine.");
        if (exitCode != 0) throw new SettingException(
            $"Transcription:ModelFile names a file that is no Whisper model in ggml format, or a broken one ({modelFile}).");
        _model = WhisperFactory.FromPath(modelFile);
        _language = WhisperTrial.IsEnglish(modelFile) ? "en" : "auto";
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Transcript> TranscribeAsync(
        AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken)
    {
        var samples = await WavFile.ReadAsync(wavFile, cancellationToken);
        var spoken = Utterances.In(samples).Select(part => (From: Seconds(part.From), To: Seconds(part.To))).ToList();
        if (spoken.Count == 0) return Transcript.Of(""); // Of silence it makes words; such as it makes of pauses are left out below.
        var segments = new List<OpenAiSegment>();
        await using var processor = _model!.CreateBuilder()
            .WithThreads(Math.Max(1, Environment.ProcessorCount / 2 / atOnce)) // The rest is for other requests.
            .WithLanguage(_language).WithTokenTimestamps().WithProbabilities()
            .WithProgressHandler(percent => heard.Report(Math.Min(1, percent / 100.0)))
            .Build();
        await foreach (var segment in processor.ProcessAsync(Array.ConvertAll(samples, sample => sample / 32768f), cancellationToken))
        {
            if (WhisperSpeech.ToSegment(segment, Seconds(samples.Length)) is { } told
                && spoken.Exists(part => part.From < told.End && told.Start < part.To)) segments.Add(told);
        }
        return new OpenAiSpeech { Segments = segments }.ToTranscript();
    }

    public void Dispose() => _model?.Dispose();

    private static double Seconds(int samples) => samples / (double)WavFile.Rate;
}
