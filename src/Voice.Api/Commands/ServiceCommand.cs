namespace Voice.Api.Commands;

/// <summary>Runs the service until it is told to stop.</summary>
internal static class ServiceCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var app = VoiceService.Build(settings);
        await app.StartListeningAsync();
        await app.WaitForShutdownAsync();
        return 0;
    }
}
