using System.Text;

namespace Voice.TestKit;

/// <summary>Audio in which nobody speaks.</summary>
internal static class Silence
{
    public static byte[] Wav(int seconds)
    {
        var data = seconds * 16_000;
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(36 + data);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(16_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(data);
        writer.Write(new byte[data]);
        return wav.ToArray();
    }
}
