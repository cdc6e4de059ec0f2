using System.ComponentModel;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Audio;

/// <summary>Decodes audio with ffmpeg, which may read that one file and nothing else.</summary>
internal sealed class FfmpegDecoder : IAudioDecoder
{
    private static readonly TimeSpan LongestAudio = TimeSpan.FromMinutes(20);
    private const int BytesPerSecond = 16_000 * 2;

    public async Task<DecodedAudio> DecodeAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var wav = Path.Combine(audio.Folder, "decoded.wav");
        string[] legs = [Path.Combine(audio.Folder, "left.wav"), Path.Combine(audio.Folder, "right.wav")];
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file",
            "-format_whitelist", "wav,mp3,mov,mp4,m4a,aac,ogg,flac,w64,aiff,amr,matroska,webm",
            // Who wrote the file while it grew may have claimed too little in its header.
            .. await IsWavAsync(audio, cancellationToken) ? (string[])["-ignore_length", "1"] : [],
            "-t", $"{LongestAudio.TotalSeconds + 1}", "-i", audio.Path,
            "-filter_complex", "[0:a:0]aformat=sample_rates=16000:channel_layouts=stereo,channelsplit[left][right]",
            "-map", "0:a:0", "-vn", "-ac", "1", "-ar", "16000", .. Wav(wav),
            "-map", "[left]", .. Wav(legs[0]), "-map", "[right]", .. Wav(legs[1]),
        ];
        try
        {
            var exitCode = await Tool.RunAsync("ffmpeg", arguments, input: null, line: null, cancellationToken);
            if (exitCode != 0 || new FileInfo(wav) is not { Exists: true, Length: > 44 } decoded)
                throw new AudioException("This is not audio that we can read: wav, mp3, m4a, ogg, webm or flac.");
            if (decoded.Length > 44 + (LongestAudio.TotalSeconds * BytesPerSecond) + BytesPerSecond / 2)
                throw new AudioException($"The audio is longer than {LongestAudio.TotalMinutes:0} minutes.");
            return new(wav, Legs.AreApart(legs[0], legs[1]) ? legs : []);
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException("Audio cannot be decoded because ffmpeg is not installed. On Debian: apt-get install ffmpeg.");
        }
    }

    private static string[] Wav(string path) => ["-c:a", "pcm_s16le", "-bitexact", "-y", path];

    private static async Task<bool> IsWavAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var start = new byte[12];
        await using var file = File.OpenRead(audio.Path);
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) == start.Length
            && start.AsSpan(0, 4).SequenceEqual("RIFF"u8) && start.AsSpan(8).SequenceEqual("WAVE"u8);
    }
}
