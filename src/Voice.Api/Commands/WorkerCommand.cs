using System.CommandLine;

namespace Voice.Api.Commands;

/// <summary>The service starts itself so, to do in a process of its own what could take it down.</summary>
internal static class WorkerCommand
{
    public static Command Create(string name, Func<string, int> work)
    {
        var file = new Argument<string>("file");
        var command = new Command(name) { Hidden = true };
        command.Add(file);
        command.SetAction(parsed => work(parsed.GetRequiredValue(file)));
        return command;
    }
}
