using System.CommandLine;
using MediatR;
using Voice.Application.Forgetting;

namespace Voice.Api.Commands;

/// <summary><c>retention</c>: throws away what is older than it is kept, as running services do, or only tells of it.</summary>
internal static class RetentionCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tells what would go." };
        var command = new Command("retention", "Throws away what is older than it is kept (Retention:…).") { dryRun }.TakingSettings();
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = VoiceService.Compose(parsed.Settings());
            var mediator = app.Services.GetRequiredService<IMediator>();
            Console.WriteLine($"{"what",-30}  {"kept for",-12}  {(parsed.GetValue(dryRun) ? "would go" : "goes")}");
            foreach (var (what, age, count) in await mediator.Send(new CountOld(), cancellationToken))
                Console.WriteLine($"{what,-30}  {age?.ToString("g") ?? "ever",-12}  {count}");
            if (!parsed.GetValue(dryRun)) await mediator.Send(new ForgetOld(), cancellationToken);
        });
        return command;
    }
}
