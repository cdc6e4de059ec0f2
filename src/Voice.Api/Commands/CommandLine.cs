using System.CommandLine;
using Voice.Application;
using Voice.Infrastructure.Audio;
using Voice.Infrastructure.Speech;

namespace Voice.Api.Commands;

/// <summary>
/// What the program does: one of these commands or, without one, the service. Whatever else is on the line is settings, as
/// <c>--Urls=http://localhost:9000</c>, for commands as for the service.
/// </summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Turns a recorded phone agreement into something people can rely on. Without a command: runs the service.");
        root.TakingSettings().SetAction((_, _) => ServiceCommand.RunAsync(args));
        root.Add(KeysCommand.Create());
        root.Add(MigrateCommand.Create());
        root.Add(BackupCommand.Create());
        root.Add(RetentionCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(WorkerCommand.Create(SphinxWorker.Argument, SphinxWorker.Run));
        root.Add(WorkerCommand.Create(DecodeWorker.Argument, DecodeWorker.Run));
        root.Add(WorkerCommand.Create(WhisperTrial.Argument, WhisperTrial.Run));
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>What the command does not know is a setting.</summary>
    public static Command TakingSettings(this Command command)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }

    /// <summary>What the program is to be made with.</summary>
    /// <exception cref="SettingException">A setting has no name of ours.</exception>
    public static WebApplicationBuilder Read(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        SettingNames.Check(builder.Configuration);
        return builder;
    }

    /// <summary>The settings on a command's line.</summary>
    public static string[] Settings(this ParseResult parsed) => [.. parsed.UnmatchedTokens];
}
