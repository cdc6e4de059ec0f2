namespace Voice.TestKit;

/// <summary>What the service asks for outside Development.</summary>
internal static class Production
{
    public const string Key = "the-one-and-only-key";
    public const string Secret = "the/one+and/only+secret";
    public const string PublicBaseUrl = "https://voice.example";

    /// <summary>With the sandbox, which is asked for by name.</summary>
    public static string[] Settings { get; } =
    [
        "--environment=Production", $"--Auth:ApiKeys:0={Key}", $"--Webhook:Secrets:0={Secret}", $"--Webhook:PublicBaseUrl={PublicBaseUrl}",
        "--Sandbox:InProduction=true",
    ];
}
