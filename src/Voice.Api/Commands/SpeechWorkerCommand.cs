using System.CommandLine;
using Voice.Infrastructure.Speech;

namespace Voice.Api.Commands;

/// <summary><c>speech-worker</c>: the service starts itself so, to listen in a process of its own.</summary>
internal static class SpeechWorkerCommand
{
    public static Command Create()
    {
        var languageModel = new Argument<string>("language-model");
        var command = new Command(SphinxWorker.Argument) { Hidden = true };
        command.Add(languageModel);
        command.SetAction(parsed => SphinxWorker.Run(parsed.GetRequiredValue(languageModel)));
        return command;
    }
}
