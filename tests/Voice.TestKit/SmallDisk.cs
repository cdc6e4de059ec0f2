using System.Diagnostics;

namespace Voice.TestKit;

/// <summary>A disk that is soon full: a file system in memory, where this machine lets us mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("voice-disk-").FullName;

    public SmallDisk(int kilobytes)
    {
        if (Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", _folder)) return;
        Directory.Delete(_folder);
        Skip.If(true, "A small disk can be mounted by root only.");
    }

    public string Folder => _folder;

    public void Grow(int kilobytes)
    {
        if (!Run("mount", "-o", $"remount,size={kilobytes}k", _folder)) throw new InvalidOperationException("The disk does not grow.");
    }

    public void Dispose()
    {
        Run("umount", "-l", _folder);
        Directory.Delete(_folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
