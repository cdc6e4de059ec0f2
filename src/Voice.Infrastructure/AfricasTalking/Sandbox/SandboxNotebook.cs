using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Voice.Infrastructure.AfricasTalking.Sandbox;

/// <summary>
/// The sandbox's running calls, a file each: a real provider's calls go on when we are killed, so the pretended ones do too.
/// Whoever plays a call holds its file open, so that no two instances play the same.
/// </summary>
internal sealed class SandboxNotebook(SandboxSettings settings, IHostEnvironment environment)
{
    private readonly string _folder = Path.GetFullPath(settings.Folder, environment.ContentRootPath);

    /// <summary>Starts a page that only we can write.</summary>
    public FileStream Begin(SandboxCall call)
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, call.SessionId + ".json");
        var page = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Write(page, call);
        return page;
    }

    public static void Write(FileStream page, SandboxCall call)
    {
        page.SetLength(0);
        JsonSerializer.Serialize(page, call, SandboxJson.Default.SandboxCall);
        page.Flush();
    }

    public static void End(FileStream page)
    {
        File.Delete(page.Name);
        page.Dispose();
    }

    /// <summary>The calls that a killed process left behind and that nobody else plays.</summary>
    public IEnumerable<(FileStream Page, SandboxCall Call)> LeftBehind()
    {
        if (!Directory.Exists(_folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (Open(file) is not { } page) continue;
            SandboxCall? call = null;
            try
            {
                call = JsonSerializer.Deserialize(page, SandboxJson.Default.SandboxCall);
            }
            catch (JsonException)
            {
                // The process died while it wrote the page; what it wanted to say is lost, as with a provider that falls silent.
            }
            if (call is null) End(page);
            else yield return (page, call);
        }
    }

    private static FileStream? Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null; // Another instance plays it, or has just ended it.
        }
    }
}
