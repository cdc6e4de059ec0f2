using System.CommandLine;
using Voice.Infrastructure.Database;

namespace Voice.Api.Commands;

/// <summary><c>migrate</c>: brings the database's tables up to date, as a release step or before the first start.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database's tables up to date.").TakingSettings();
        command.SetAction(parsed =>
        {
            var builder = CommandLine.Read(parsed.Settings());
            builder.AddLog(isCommand: true);
            using var log = builder.Build().Services.GetRequiredService<ILoggerFactory>();
            var database = DatabaseTools.Migrate(builder.Configuration, builder.Environment.ContentRootPath, log);
            Console.WriteLine($"The tables are up to date ({database}).");
        });
        return command;
    }
}
