using System.CommandLine;
using MediatR;
using Voice.Application.Replaying;

namespace Voice.Api.Commands;

/// <summary><c>replay</c>: reads all raw callbacks as they are read today and tells what recordings would be, or mends them.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var apply = new Option<bool>("--apply") { Description = "Mends them, with a line in the timeline for each difference." };
        var command = new Command("replay", "Rebuilds recordings from their raw callbacks and tells what differs.") { apply }
            .TakingSettings();
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = VoiceService.Compose(parsed.Settings());
            var (recordings, different, mended, incomplete) = await app.Services.GetRequiredService<IMediator>()
                .Send(new ReplayInbox(parsed.GetValue(apply), new Lines()), cancellationToken);
            Console.WriteLine($"{recordings} recordings, {different} of them differ, {mended} are mended; "
                + $"{incomplete} stay as they are because raw callbacks of theirs are gone.");
        });
        return command;
    }

    private sealed class Lines : IProgress<FoundDifference>
    {
        public void Report(FoundDifference value) => Console.WriteLine($"{value.RecordingId}  {value.Difference}");
    }
}
