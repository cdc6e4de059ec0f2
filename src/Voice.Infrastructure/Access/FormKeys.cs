using System.Data.Common;
using System.Text;
using Dapper;
using Voice.Application;
using Voice.Application.Access;

namespace Voice.Infrastructure.Access;

internal sealed class FormKeys(DbDataSource database, TimeProvider clock) : IFormKeys
{
    private const string Prefix = "forms/";

    public IReadOnlyList<string> Find()
    {
        const string sql = "SELECT secret FROM service_secrets WHERE name LIKE @Names ORDER BY name";
        using var connection = database.OpenConnection();
        return [.. connection.Query<byte[]>(sql, new { Names = Prefix + "%" }).Select(Encoding.UTF8.GetString)];
    }

    public void Add(string name, string xml)
    {
        const string sql = "INSERT INTO service_secrets (name, secret, created_at) VALUES (@Name, @Secret, @Now) ON CONFLICT DO NOTHING";
        using var connection = database.OpenConnection();
        connection.Execute(sql, new { Name = Prefix + name, Secret = Encoding.UTF8.GetBytes(xml), Now = clock.GetUtcMilliseconds() });
    }
}
