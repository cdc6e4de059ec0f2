using System.ComponentModel;
using System.Diagnostics;
using Voice.Application;
using Voice.Application.Contracts;

namespace Voice.Infrastructure.Audio;

/// <summary>Decodes audio with ffmpeg, which may read that one file and nothing else.</summary>
internal sealed class FfmpegDecoder : IAudioDecoder
{
    private static readonly TimeSpan LongestAudio = TimeSpan.FromMinutes(20);
    private const int BytesPerSecond = 16_000 * 2;

    public async Task<string> DecodeAsync(AudioFile audio, CancellationToken cancellationToken)
    {
        var wav = Path.Combine(audio.Folder, "decoded.wav");
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-format_whitelist", "wav,mp3,mov,mp4,m4a,aac,ogg,flac,w64,aiff,amr",
            "-t", $"{LongestAudio.TotalSeconds + 1}", "-i", audio.Path, "-map", "0:a:0", "-vn", "-ac", "1", "-ar", "16000", "-c:a",
                "pcm_s16le", "-y", wav,
        ];
        try
        {
            var (exitCode, _) = await Tool.RunAsync("ffmpeg", arguments, input: null, cancellationToken);
            if (exitCode != 0 || new FileInfo(wav) is not { Exists: true, Length: > 44 } decoded)
                throw new AudioException("This is not audio that we can read: wav, mp3, m4a, ogg or flac.");
            if (decoded.Length > 44 + (LongestAudio.TotalSeconds * BytesPerSecond) + BytesPerSecond / 2)
                throw new AudioException($"The audio is longer than {LongestAudio.TotalMinutes:0} minutes.");
            return wav;
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException("Audio cannot be decoded because ffmpeg is not installed. On Debian: apt-get install ffmpeg.");
        }
    }
}

/// <summary>Runs a program of the machine and never leaves it behind.</summary>
internal static class Tool
{
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<(int ExitCode, byte[] Output)> RunAsync(
        string program, IEnumerable<string> arguments, string? input, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        process.Start();
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            var errors = process.StandardError.BaseStream.CopyToAsync(
                Stream.Null, cancellationToken); // They may quote what is in the file.
            await WriteAsync(process, input, cancellationToken);
            await Task.WhenAll(reading, errors);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output.ToArray());
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await using var stdin = process.StandardInput.BaseStream;
            if (input is null) return;
            await using var file = File.OpenRead(input);
            await file.CopyToAsync(stdin, cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code tells why.
        }
    }
}
