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
    private static readonly TimeSpan CommandsEndWithin = TimeSpan.FromSeconds(5);

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
        var parsed = root.Parse(args);
        foreach (var stray in Stray(parsed.UnmatchedTokens))
            throw new SettingException($"{stray} is neither a command nor a setting, such as --Urls=http://localhost:9000; see --help.");
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // A command is cancelled when the program is told to end; the service has its own way to, and takes its time.
            ProcessTerminationTimeout = parsed.CommandResult.Command == root ? null : CommandsEndWithin,
        });
    }

    // As the framework reads settings: --name=value, --name value, /name=value, name=value. What else stands there it passes over.
    private static IEnumerable<string> Stray(IReadOnlyList<string> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Contains('=')) continue;
            if (!tokens[at].StartsWith('-') || at + 1 == tokens.Count || tokens[at + 1].StartsWith('-')) yield return tokens[at];
            else at++;
        }
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
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = OwnFolder(settings) });
        SettingNames.Check(builder.Configuration);
        return builder;
    }

    // Where it is run from a folder that is not its own, its settings and its data are those of its own; null: as the framework has it.
    private static string? OwnFolder(string[] settings) =>
        File.Exists("appsettings.json") || NamesFolder(settings) ? null : AppContext.BaseDirectory;

    private static bool NamesFolder(string[] settings) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings)
        .Build()[HostDefaults.ContentRootKey] is not null;

    /// <summary>The settings on a command's line.</summary>
    public static string[] Settings(this ParseResult parsed) => [.. parsed.UnmatchedTokens];
}
