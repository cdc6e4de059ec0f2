using System.CommandLine;
using Voice.Infrastructure.Database;

namespace Voice.Api.Commands;

/// <summary><c>backup FILE</c>: a whole copy of the database while services run, or the command that makes one.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to make; it must not be there yet." };
        var command = new Command("backup", "Copies the database into a file while services run; of PostgreSQL, prints how.") { file }
            .TakingSettings();
        command.SetAction(parsed =>
        {
            var builder = CommandLine.Read(parsed.Settings());
            var dump = DatabaseTools.Backup(builder.Configuration, builder.Environment.ContentRootPath, parsed.GetRequiredValue(file));
            Console.WriteLine(dump ?? $"The database is copied to {parsed.GetRequiredValue(file)}.");
        });
        return command;
    }
}
