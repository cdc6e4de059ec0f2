using Whisper.net;

namespace Voice.Infrastructure.Speech;

/// <summary>A process of its own in which a model is loaded first: over some broken files the native library ends its process.</summary>
public static class WhisperTrial
{
    /// <summary>The argument that makes the program this worker.</summary>
    public const string Argument = "whisper-trial";

    internal const int NoLibrary = 2;
    private const int NoModel = 1;
    private const uint Magic = 0x67676d6c; // "ggml"
    private const int Numbers = 11;
    private const int FirstWithManyLanguages = 51_865;

    /// <summary>Does one piece of work.</summary>
    /// <param name="modelFile">The model.</param>
    /// <returns>0; anything else where it cannot be used.</returns>
    public static int Run(string modelFile)
    {
        try
        {
            WhisperFactory.GetRuntimeInfo();
        }
        catch (Exception exception) // It has no type of its own.
        {
            Console.Error.WriteLine(exception.Message);
            return NoLibrary;
        }
        try
        {
            if (ReadFront(modelFile) is null) return NoModel;
            using var model = WhisperFactory.FromPath(modelFile);
            model.CreateBuilder();
            return 0;
        }
        catch (WhisperModelLoadException)
        {
            return NoModel;
        }
    }

    /// <summary>Whether a model knows one language only, by the number of its tokens.</summary>
    internal static bool IsEnglish(string modelFile) => ReadFront(modelFile) < FirstWithManyLanguages;

    // What stands before the weights: numbers, filters and tokens; null: it is not whole, which the native library does not notice.
    private static int? ReadFront(string modelFile)
    {
        using var file = new BinaryReader(File.OpenRead(modelFile));
        try
        {
            if (file.ReadUInt32() != Magic) return null;
            var numbers = Enumerable.Range(0, Numbers).Select(_ => file.ReadInt32()).ToList();
            Skip((long)file.ReadInt32() * file.ReadInt32() * sizeof(float));
            for (var tokens = file.ReadInt32(); tokens > 0; tokens--) Skip(file.ReadUInt32());
            return numbers[0] > 0 ? numbers[0] : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }

        void Skip(long bytes)
        {
            if (bytes < 0 || bytes > file.BaseStream.Length - file.BaseStream.Position) throw new EndOfStreamException();
            file.BaseStream.Position += bytes;
        }
    }
}
