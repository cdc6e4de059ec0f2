using NLayer;
using NVorbis;

namespace Voice.Infrastructure.Audio;

/// <summary>Audio that this program decodes itself.</summary>
/// <param name="Rate">How many samples a second each channel has.</param>
/// <param name="Channels">How many channels there are.</param>
/// <param name="Blocks">The samples, -1 to 1, of the channels one by one; decoded as they are taken.</param>
internal sealed record Sound(int Rate, int Channels, IEnumerable<ReadOnlyMemory<float>> Blocks)
{
    private const int Block = 4096; // samples of a channel

    /// <summary>Opens a file. What is broken may also show as the blocks are taken, by whatever exception the decoder throws.</summary>
    /// <exception cref="InvalidDataException">It is no such audio.</exception>
    public static Sound Open(Stream file)
    {
        var format = AudioFormats.Of(file);
        file.Position = 0;
        return format switch
        {
            AudioFormat.Wav => WavSound.Open(file),
            AudioFormat.Mp3 => OfMpeg(new MpegFile(file)),
            AudioFormat.Vorbis => OfVorbis(new VorbisReader(file, closeOnDispose: false)),
            AudioFormat.Opus => OpusSound.Open(file),
            AudioFormat.Foreign or AudioFormat.Unknown => throw new InvalidDataException("This is for others to decode."),
        };
    }

    private static Sound OfMpeg(MpegFile file) => new(
        file.SampleRate, file.Channels, Blocked(file.Channels, block => file.ReadSamples(block, 0, block.Length)));

    private static Sound OfVorbis(VorbisReader file) => new(
        file.SampleRate, file.Channels, Blocked(file.Channels, block => file.ReadSamples(block, 0, block.Length)));

    private static IEnumerable<ReadOnlyMemory<float>> Blocked(int channels, Func<float[], int> read)
    {
        var block = new float[Block * channels];
        for (int length; (length = read(block)) > 0;) yield return block.AsMemory(0, length);
    }
}
