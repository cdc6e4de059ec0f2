namespace Voice.Domain.Contracts;

/// <summary>Who wrote down what was said in a call.</summary>
public enum SpeechEngine
{
    /// <summary>Whisper, in this process.</summary>
    Whisper,

    /// <summary>A server that speaks OpenAI's API.</summary>
    Openai,

    /// <summary>pocketsphinx, in a process of its own.</summary>
    Pocketsphinx,

    /// <summary>Nobody listened: it is the sandbox's own recording, whose words are known.</summary>
    Sandbox,
}

/// <summary>The engines as the API, the settings and the database spell them.</summary>
public static class SpeechEngines
{
    /// <summary>The name, such as <c>whisper</c>.</summary>
    public static string Name(this SpeechEngine engine) => engine switch
    {
        SpeechEngine.Whisper => "whisper",
        SpeechEngine.Openai => "openai",
        SpeechEngine.Pocketsphinx => "pocketsphinx",
        SpeechEngine.Sandbox => "sandbox",
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out SpeechEngine engine) => Names.TryParse(name, Name, out engine);

    /// <summary>Reads a name that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SpeechEngine Parse(string name) => Names.Parse<SpeechEngine>(name, Name);
}
