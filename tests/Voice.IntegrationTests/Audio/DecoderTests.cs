using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;
using Voice.Infrastructure.Audio;

namespace Voice.IntegrationTests.Audio;

/// <summary>What this program decodes itself sounds as ffmpeg would decode it, and broken bytes cost one worker.</summary>
public sealed class DecoderTests : IDisposable
{
    private const int Rate = 16_000;
    private const int Seconds = 6;
    private const uint True = 1; // The length that it has.
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-decoder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("wav", "-c:a pcm_u8 -ar 8000", 1)]
    [InlineData("wav", "-c:a pcm_s16le -ar 8000", 2)]
    [InlineData("wav", "-c:a pcm_s16le -ar 16000", 2)]
    [InlineData("wav", "-c:a pcm_s24le -ar 44100", 2)]
    [InlineData("wav", "-c:a pcm_s32le -ar 48000", 1)]
    [InlineData("wav", "-c:a pcm_f32le -ar 22050", 2)]
    [InlineData("wav", "-c:a pcm_f64le -ar 11025", 1)]
    [InlineData("wav", "-c:a pcm_alaw -ar 8000", 2)]
    [InlineData("wav", "-c:a pcm_mulaw -ar 8000", 1)]
    [InlineData("mp3", "-c:a libmp3lame -ar 8000 -b:a 16k", 1)]
    [InlineData("mp3", "-c:a libmp3lame -ar 16000 -b:a 48k -id3v2_version 0 -write_xing 0", 2)]
    [InlineData("mp3", "-c:a libmp3lame -ar 22050 -q:a 4", 2)]
    [InlineData("mp3", "-c:a libmp3lame -ar 44100 -b:a 128k -metadata title=call", 2)]
    [InlineData("mp2", "-c:a mp2 -ar 44100", 2)]
    [InlineData("ogg", "-c:a libvorbis -ar 8000", 1)]
    [InlineData("ogg", "-c:a libvorbis -ar 44100", 2)]
    [InlineData("ogg", "-c:a libopus -ar 48000 -b:a 64k", 2)]
    [InlineData("opus", "-c:a libopus -ar 16000 -b:a 16k -application voip", 1)]
    public async Task What_is_decoded_here_sounds_as_ffmpeg_decodes_it(string extension, string encoding, int channels) =>
        await SoundsAlikeAsync(await EncodeAsync($"call.{extension}", encoding, channels), channels);

    [SkippableFact]
    public async Task The_sandboxs_recording_sounds_as_ffmpeg_decodes_it()
    {
        using var audio = Conversation.Open();
        using var bytes = new MemoryStream();
        await audio.CopyToAsync(bytes);

        await SoundsAlikeAsync(Write("sandbox", bytes.ToArray()), channels: 1);
    }

    [SkippableTheory]
    [InlineData("tone.flac", null)]
    [InlineData("call.m4a", "-c:a aac")]
    [InlineData("call.aac", "-c:a aac")]
    [InlineData("call.webm", "-c:a libopus -ar 48000")]
    [InlineData("call.wav", "-c:a adpcm_ms -ar 8000")]
    [InlineData("call.ogg", "-c:a flac -ar 16000")]
    [InlineData("call.aiff", "-c:a pcm_s16be")]
    public async Task Other_formats_are_decoded_by_ffmpeg_and_without_it_the_sentence_says_how_to_get_it(string name, string? encoding)
    {
        var file = encoding is null ? Fixture.At(name) : await EncodeAsync(name, encoding, channels: 2);
        NeedsFfmpeg();
        using var audio = Keep(await File.ReadAllBytesAsync(file));

        using (var decoded = await new AudioDecoder(new()).DecodeAsync(audio, default))
            new FileInfo(decoded.Mixed).Length.Should().BeGreaterThan(Rate);

        (await FluentActions.Awaiting(() => new AudioDecoder(new(), "no-such-program").DecodeAsync(audio, default))
            .Should().ThrowAsync<ToolMissingException>()).Which.Message.Should().Contain("apt-get install ffmpeg");
    }

    [Theory]
    [InlineData("this is no audio")]
    [InlineData("#EXTM3U\nfile:///etc/passwd")]
    [InlineData("")]
    [InlineData("ID3")]
    [InlineData("ID3\u0004\0\0\0\0\0\u0001\0")]
    [InlineData("RIFF    WAVE")]
    [InlineData("RIFF    WAVEfmt ")]
    [InlineData("RIFF    WAVEdata\u0004\0\0\0\0\0\0\0")]
    public async Task What_is_no_audio_is_refused_with_ffmpeg_and_without(string text)
    {
        using var audio = Keep(Encoding.Latin1.GetBytes(text));

        foreach (var decoder in new[] { new AudioDecoder(new()), new AudioDecoder(new(), "no-such-program") })
            (await FluentActions.Awaiting(() => decoder.DecodeAsync(audio, default)).Should().ThrowAsync<AudioException>())
                .Which.Message.Should().StartWith("This is not audio that we can read");
        Directory.EnumerateFiles(audio.Folder).Should().ContainSingle("only what was sent is left");
    }

    [Fact]
    public async Task Two_legs_stay_two_and_of_more_channels_nobody_knows_who_speaks_on_which()
    {
        using var two = Keep(Wav(channels: 2));
        using var three = Keep(Wav(channels: 3));

        using var legs = await new AudioDecoder(new()).DecodeAsync(two, default);
        using var mixed = await new AudioDecoder(new()).DecodeAsync(three, default);

        legs.Legs.Should().HaveCount(2);
        mixed.Legs.Should().BeEmpty();
        foreach (var file in legs.Legs.Append(legs.Mixed).Append(mixed.Mixed))
            new FileInfo(file).Length.Should().BeCloseTo(44 + (Seconds * Rate * 2), 200);
    }

    [Theory]
    [InlineData(0u, 0)] // Who wrote it never came back to say how much there is,
    [InlineData(1_000u, 0)] // or said it too soon,
    [InlineData(uint.MaxValue, 0)] // or could not know;
    [InlineData(True, 0)]
    [InlineData(True, 300)] // and behind the sound there may be something else.
    public void A_claim_about_the_length_is_good_where_it_leads_to_another_chunk_or_the_end(uint claim, int behind)
    {
        var wav = Wav(channels: 1);
        if (claim != True) BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), claim);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, behind);
        var file = Write("claim", behind == 0 ? wav : [.. wav, .. "LIST"u8, .. length, .. new byte[behind]]);

        Decode(file).Length.Should().BeCloseTo(Seconds * Rate * 2, 20);
    }

    [SkippableTheory]
    [InlineData("wav", "-c:a pcm_s16le -ar 16000")]
    [InlineData("mp3", "-c:a libmp3lame -ar 22050 -q:a 4")]
    [InlineData("vorbis.ogg", "-c:a libvorbis -ar 44100")]
    [InlineData("opus.ogg", "-c:a libopus -ar 48000")]
    public async Task Whatever_becomes_of_its_bytes_a_file_is_audio_or_refused(string name, string encoding)
    {
        var whole = await File.ReadAllBytesAsync(await EncodeAsync($"call.{name}", encoding, channels: 2));
        var random = new Random(12);
        var mutants = Enumerable.Range(0, 12).Select(number => Mutate(whole, number, random)).ToList();

        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (bytes, _) =>
        {
            using var audio = Keep(bytes);
            try
            {
                using var decoded = await new AudioDecoder(new() { DecodingTime = TimeSpan.FromSeconds(20) }).DecodeAsync(audio, default);
                new FileInfo(decoded.Mixed).Length.Should().BeGreaterThan(44);
            }
            catch (AudioException)
            {
                // Refused, as it should be.
            }
            Directory.EnumerateFiles(audio.Folder).Should().ContainSingle();
        });
    }

    // Forty bytes that ask for a table of 16,777,215 entries with 65,535 numbers each.
    [Fact]
    public async Task A_few_bytes_that_ask_for_all_memory_are_refused()
    {
        var setup = new byte[40_000];
        Array.Fill(setup, (byte)0xFF);
        ReadOnlySpan<byte> codebook = [5, .. "vorbis"u8, 0, 0x42, 0x43, 0x56, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0b_0010_1111, 0xFF, 0xFF, 0x3F];
        codebook.CopyTo(setup);
        byte[] identification = [1, .. "vorbis"u8, 0, 0, 0, 0, 1, 0x44, 0xAC, 0, 0, .. new byte[12], 0xB8, 1];
        byte[] comment = [3, .. "vorbis"u8, .. new byte[8], 1];
        using var audio = Keep([.. Page(0, 2, identification), .. Page(1, 0, comment), .. Page(2, 0, setup)]);
        AudioFormats.Of(audio.Path).Should().Be(AudioFormat.Vorbis);

        await FluentActions.Awaiting(() => new AudioDecoder(new()).DecodeAsync(audio, default)).Should().ThrowAsync<AudioException>();
    }

    private static void NeedsFfmpeg() => Needs.Tool(Needs.FindProgram("ffmpeg") is not null, "ffmpeg is not installed.");

    private static byte[] Mutate(byte[] whole, int number, Random random)
    {
        var bytes = number % 3 == 0 ? whole[..random.Next(1, whole.Length)] : (byte[])whole.Clone();
        // The front, where everything is said that counts, or anywhere.
        var reach = number % 2 == 0 ? Math.Min(bytes.Length, 200) : bytes.Length;
        if (number % 3 > 0) for (var count = random.Next(1, 40); count > 0; count--) bytes[random.Next(reach)] = (byte)random.Next(256);
        return bytes;
    }

    // A packet in a page of its own, as long as it needs.
    private static byte[] Page(int number, byte flags, byte[] packet)
    {
        var pieces = Enumerable.Repeat((byte)255, packet.Length / 255).Append((byte)(packet.Length % 255)).ToArray();
        byte[] page =
        [
            .. "OggS"u8, 0, flags, .. new byte[8], 1, 0, 0, 0, (byte)number, 0, 0, 0, 0, 0, 0, 0, (byte)pieces.Length, .. pieces,
            .. packet,
        ];
        uint crc = 0;
        foreach (var one in page)
        {
            crc ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++) crc = (crc << 1) ^ ((crc & 0x8000_0000) != 0 ? 0x04C1_1DB7u : 0);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), crc);
        return page;
    }

    /// <summary>As loud in each channel and at the same times; ffmpeg cuts off what an encoder of mp3 adds at the ends.</summary>
    private async Task SoundsAlikeAsync(string file, int channels)
    {
        NeedsFfmpeg();
        AudioFormats.Of(file).Should().BeOneOf(AudioFormat.Wav, AudioFormat.Mp3, AudioFormat.Vorbis, AudioFormat.Opus);
        var ours = Decode(file);
        var theirs = Path.Combine(_folder, "theirs.raw");
        await FfmpegAsync("-i", file, "-af", "pan=stereo|c0=c0|c1=c" + (channels - 1), "-ar", $"{Rate}", "-f", "s16le", theirs);
        var expected = MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(theirs)).ToArray();

        (ours.Length / 2.0 / Rate).Should().BeApproximately(expected.Length / 2.0 / Rate, 0.3);
        for (var channel = 0; channel < 2; channel++)
        {
            var (one, other) = (Levels(ours, channel), Levels(expected, channel));
            one.Average().Should().BeApproximately(other.Average(), other.Average() * 0.06);
            Enumerable.Range(0, 8).Max(shift => Likeness(one[shift..], other)).Should().BeGreaterThan(0.97);
        }
    }

    private static short[] Decode(string file)
    {
        using var input = File.OpenRead(file);
        using var output = new MemoryStream();
        DecodeWorker.Write(Sound.Open(input), output);
        return MemoryMarshal.Cast<byte, short>(output.ToArray()).ToArray();
    }

    // Root mean squares of 25 ms.
    private static double[] Levels(short[] samples, int channel) =>
    [
        .. samples.Where((_, at) => at % 2 == channel).Chunk(Rate / 40)
            .Select(block => Math.Sqrt(block.Average(sample => (double)sample * sample))),
    ];

    private static double Likeness(double[] one, double[] other)
    {
        var length = Math.Min(one.Length, other.Length);
        double mean = one.Take(length).Average(), means = other.Take(length).Average(), both = 0, ones = 0, others = 0;
        for (var at = 0; at < length; at++)
        {
            both += (one[at] - mean) * (other[at] - means);
            ones += (one[at] - mean) * (one[at] - mean);
            others += (other[at] - means) * (other[at] - means);
        }
        return both / Math.Sqrt(ones * others);
    }

    /// <summary>Voices that take turns of a second or two, each in a channel of its own.</summary>
    private static byte[] Wav(int channels)
    {
        var wav = new byte[44 + (Seconds * Rate * channels * 2)];
        "RIFF____WAVEfmt "u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), wav.Length - 44);
        for (var at = 0; at < Seconds * Rate; at++)
            for (var channel = 0; channel < channels; channel++)
                if (channels == 1 || at / Rate % channels == channel)
                    BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + (((at * channels) + channel) * 2)),
                        (short)((3_000 + (4_000 * channel)) * Math.Sin(at / (9.0 + channel)) * Math.Abs(Math.Sin(at / 9_000.0))));
        return wav;
    }

    private async Task<string> EncodeAsync(string name, string encoding, int channels)
    {
        NeedsFfmpeg();
        var file = Path.Combine(_folder, name);
        await FfmpegAsync(["-i", Write("source.wav", Wav(channels)), .. encoding.Split(' '), file]);
        return file;
    }

    private static async Task FfmpegAsync(params string[] arguments)
    {
        string[] all = ["-nostdin", "-v", "error", "-y", .. arguments];
        (await Tool.RunAsync("ffmpeg", all, input: null, Tool.Nothing, TimeSpan.FromMinutes(1), default)).Should().Be(0);
    }

    private string Write(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private AudioFile Keep(byte[] bytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var file = new AudioFile(Path.Combine(folder, "audio"), "");
        File.WriteAllBytes(file.Path, bytes);
        return file;
    }
}
